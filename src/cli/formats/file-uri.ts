/**
 * A path as a URI reference for SARIF (RFC 3986): relative to where the program was called, or absolute. Windows paths
 * are told by the platform, since elsewhere a backslash and a colon are ordinary characters of a name.
 */
export function fileUri(path: string, platform: string = process.platform): string {
  if (platform !== 'win32') return relative(escaped(path.replace(/^\/{2,}/, '/')));
  const slashed = path.replace(/^[\\/]{2}\?[\\/]/, '').replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(slashed)) return `file:///${slashed.slice(0, 2)}${escaped(slashed.slice(2))}`;
  const [, host, share] = /^\/\/([\w.-]+)(\/.*)$/.exec(slashed) ?? [];
  if (host !== undefined && share !== undefined) return `file://${host}${escaped(share)}`;
  return relative(escaped(slashed.replace(/^\/{2,}/, '/')));
}

/** A colon in the first part would make a scheme of what stands before it: `run:12.har`. */
function relative(reference: string): string {
  return reference === '' || /^[^/]*:/.test(reference) ? `./${reference}` : reference;
}

/** Each character that a path cannot have as its UTF-8 bytes; half of a surrogate pair has none and is replaced. */
function escaped(path: string): string {
  return encodeURI(path.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/[?#]/g, encodeURIComponent);
}
