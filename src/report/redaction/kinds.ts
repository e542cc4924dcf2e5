/** The kinds of values that redaction tells apart: the word in a token, and what the dialog calls them. */
export const KINDS = {
  name: 'Names',
  text: 'Message texts',
  preview: 'Typed previews',
  email: 'E-mail addresses',
  phone: 'Phone numbers',
  card: 'Card numbers',
  iban: 'IBANs',
  token: 'Tokens',
  id: 'Ids',
  host: 'Host names',
  path: 'Paths of URLs',
  query: 'Queries of URLs',
  url: 'Other URLs',
  address: 'Network addresses',
  sdp: 'Session descriptions',
  form: 'Form data',
  file: 'File names',
  title: 'Titles',
  error: 'Error texts',
  place: 'Places on the map',
  event: 'Unknown event names',
  key: 'Names of members',
  value: 'Undeclared values',
  custom: 'Own patterns',
} as const;

export type Kind = keyof typeof KINDS;

export const isKind = (text: string): text is Kind => Object.hasOwn(KINDS, text);
