// The text of a log line as a person should see it. The bytes themselves stay as they are and can be read by range.

/** Longer lines are cut here: no screen shows them, and a window must stay small. */
export const longestLine = 64 * 1024;

const carriageReturn = 13;

/**
 * `bytes` is the line without its line feed, or its first `longestLine` bytes; `length` is how long it really is.
 * Bytes that are no UTF-8 become U+FFFD.
 */
export function displayLine(bytes: Uint8Array, length: number): string {
  const cut = length > bytes.length;
  let end = bytes.length;
  if (cut) end = characterEnd(bytes, end);
  else while (end > 0 && bytes[end - 1] === carriageReturn) end--;
  // A progress bar writes itself over and over with carriage returns: the last state is what a terminal would still show.
  const start = lastIndexOf(bytes, carriageReturn, end) + 1;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  return cut ? `${text} … [${length - end} more bytes]` : text;
}

function lastIndexOf(bytes: Uint8Array, value: number, end: number): number {
  for (let at = end - 1; at >= 0; at--) if (bytes[at] === value) return at;
  return -1;
}

/** The last place not after `end` that is not inside a UTF-8 character. */
function characterEnd(bytes: Uint8Array, end: number): number {
  let at = end;
  for (let back = 1; back <= 4 && at - back >= 0; back++) {
    const byte = bytes[at - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (needed > back) at -= back;
    break;
  }
  return at;
}
