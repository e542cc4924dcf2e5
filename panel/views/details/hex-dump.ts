/** Binary as people read it: offset, sixteen bytes in hexadecimal, the same as text. */

export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

/** The first `limit` bytes of a base64 text, and how many bytes there are in all; null where it is no base64. */
export function hexDump(base64: string, limit: number): { lines: HexLine[]; total: number } | null {
  const total = decodedSize(base64);
  // Four characters are three bytes; only what is shown is decoded.
  const head = base64.slice(0, Math.ceil(limit / 3) * 4);
  let binary: string;
  try {
    binary = atob(head);
  } catch {
    return null;
  }
  const shown = Math.min(limit, binary.length);
  const lines: HexLine[] = [];
  for (let from = 0; from < shown; from += 16) {
    lines.push(hexLine(binary.slice(from, Math.min(from + 16, shown)), from));
  }
  return { lines, total };
}

function hexLine(binary: string, offset: number): HexLine {
  const hex: string[] = [];
  let text = '';
  for (let at = 0; at < binary.length; at++) {
    const byte = binary.charCodeAt(at);
    hex.push(byte.toString(16).padStart(2, '0'));
    text += byte >= 0x20 && byte < 0x7f ? binary[at] : '·';
  }
  const wide = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`;
  return { offset: offset.toString(16).padStart(8, '0'), hex: wide.padEnd(49), text };
}

function decodedSize(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
}
