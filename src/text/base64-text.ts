/** Binary frames that carry text: chat relays send JSON as bytes. */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** The bytes as text when they are UTF-8; null when they are not, or when the base64 itself is broken. */
export function base64Text(base64: string): string | null {
  try {
    return decoder.decode(base64Bytes(base64));
  } catch {
    return null;
  }
}

function base64Bytes(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
