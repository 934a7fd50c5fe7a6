// Places in files that a log line names: `train.py:12:3`, `File "train.py", line 12`, and web addresses.
// Works on plain text (ansi.ts). Whether the file exists is the host's business.

export type LogLink =
  | {
      readonly kind: 'file';
      readonly from: number;
      readonly to: number;
      readonly file: string;
      readonly line: number;
      readonly column: number | undefined;
    }
  | { readonly kind: 'url'; readonly from: number; readonly to: number; readonly url: string };

const longestLine = 4000;
const url = /\bhttps?:\/\/[^\s"'<>`\u4e00-\u9fff]+/g;
const pythonFrame = /\bFile "([^"\n]+)", line (\d+)/g;
/** A name with an extension (so that `12:30:05` or `localhost:8080` are none), then `:line` and perhaps `:column`, or `(line,column)`. */
const place =
  /((?:[A-Za-z]:[\\/]|\.{0,2}[\\/]|~\/)?(?:[\w@.+-]+[\\/])*[\w@+-][\w@.+-]*\.[A-Za-z]\w{0,9})(?::(\d{1,9})(?::(\d{1,6}))?|\((\d{1,9})(?:,\s?(\d{1,6}))?\))/g;

/** In order, not overlapping. */
export function findLinks(text: string): LogLink[] {
  const searched = text.slice(0, longestLine);
  const links: LogLink[] = [];
  const add = (link: LogLink) => {
    if (!links.some((other) => link.from < other.to && other.from < link.to)) links.push(link);
  };
  for (const match of searched.matchAll(url)) {
    const address = withoutTail(match[0]);
    add({ kind: 'url', from: match.index, to: match.index + address.length, url: address });
  }
  for (const match of searched.matchAll(pythonFrame)) {
    add({
      kind: 'file',
      from: match.index,
      to: match.index + match[0].length,
      file: match[1]!,
      line: Number(match[2]),
      column: undefined,
    });
  }
  for (const match of searched.matchAll(place)) {
    const [whole, file, line, column, otherLine, otherColumn] = match;
    const [lineText, columnText] = [line ?? otherLine, column ?? otherColumn];
    add({
      kind: 'file',
      from: match.index,
      to: match.index + whole.length,
      file: file!,
      line: Number(lineText),
      column: columnText === undefined ? undefined : Number(columnText),
    });
  }
  return links.sort((a, b) => a.from - b.from);
}

/** Punctuation that ends the sentence, not the address; a bracket only where it was not opened within. */
function withoutTail(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1]!;
    const rest = address.slice(0, end);
    const unopened = last === ')' && rest.split(')').length > rest.split('(').length;
    if (!/[.,;:!?\]}]/.test(last) && !unopened) break;
    end--;
  }
  return address.slice(0, end);
}
