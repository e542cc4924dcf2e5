/** The page that a report is made of: the build has it in the program; run from its sources, the program has none. */
export async function reportPage(): Promise<string> {
  try {
    return (await import('virtual:report-page')).default;
  } catch {
    return '';
  }
}
