/** Members of a posted form, by name. */
export interface FormMember {
  readonly name: string;
  readonly value: string;
}

/**
 * The body that the members are of. Programs that take every body of the media type of forms apart do so with JSON too,
 * which is then a name, up to its first equals sign.
 */
export function formText(members: readonly FormMember[]): string {
  const raw = members.map(({ name, value }) => (value === '' ? name : `${name}=${value}`)).join('&');
  if (/^\s*[[{]/.test(raw)) return raw;
  return new URLSearchParams(members.map(({ name, value }) => [name, value])).toString();
}
