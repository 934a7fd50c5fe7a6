// Writing a text so that YAML reads it back as that text.

/** In quotes: single ones where double quotes or backslashes would have to be escaped. */
export function quote(text: string): string {
  const plain = !/[\n\r\t\0-\x1f\x7f\u0085\u2028\u2029]/.test(text);
  if (plain && /["\\]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuote(text);
}

export function doubleQuote(text: string): string {
  // JSON's escapes are a subset of YAML's; the rest are line breaks of Unicode, which YAML 1.1 tools would fold.
  return JSON.stringify(text).replace(
    /[\x7f\u0085\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
