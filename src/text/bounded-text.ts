/** Longest text of a message, of a name in it and of an id beside it. People read less; hostile input has megabytes. */
const LONGEST = 1000;

/** Text that is at most `limit` characters long, and says how many more there were: "abc… 9,997,000 more characters". */
export function boundedText(text: string, limit = LONGEST): string {
  if (text.length <= limit) return text;
  // Half of a surrogate pair would be no character.
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  const rest = text.length - end;
  return `${text.slice(0, end)}… ${rest.toLocaleString('en-US')} more ${rest === 1 ? 'character' : 'characters'}`;
}
