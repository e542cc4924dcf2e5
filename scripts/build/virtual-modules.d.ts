/** The page that a report is made of, built from panel/report. */
declare module 'virtual:report-page' {
  const page: string;
  export default page;
}
