/** The object in a JSON text, or what is wrong with it. */
export function parseObject(text: string): { readonly [key: string]: unknown } | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return isObject(value) ? value : 'A JSON object must begin with "{"';
}

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
