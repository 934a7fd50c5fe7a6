// Selected text of a log, by line and character: lines that are selected may have no element, or not be there yet.

export interface LogPoint {
  readonly line: number;
  /** UTF-16 units of the plain text. */
  readonly character: number;
}

export interface LogSelection {
  readonly anchor: LogPoint;
  readonly focus: LogPoint;
}

export function ordered({ anchor, focus }: LogSelection): readonly [LogPoint, LogPoint] {
  const forward = anchor.line < focus.line || (anchor.line === focus.line && anchor.character <= focus.character);
  return forward ? [anchor, focus] : [focus, anchor];
}

export function isEmpty({ anchor, focus }: LogSelection): boolean {
  return anchor.line === focus.line && anchor.character === focus.character;
}

/** The part of a line of this length that is selected; undefined when none is. `whole`: the line's end is selected too. */
export function selectedPart(
  selection: LogSelection,
  line: number,
  length: number,
): { readonly from: number; readonly to: number; readonly whole: boolean } | undefined {
  const [start, end] = ordered(selection);
  if (line < start.line || line > end.line) return undefined;
  const from = line === start.line ? Math.min(start.character, length) : 0;
  const to = line === end.line ? Math.min(end.character, length) : length;
  const whole = line < end.line;
  return from < to || whole ? { from, to, whole } : undefined;
}

export function selectedLines(selection: LogSelection): { readonly first: number; readonly count: number } {
  const [start, end] = ordered(selection);
  // A selection that ends before the first character of a line has nothing of it but the break before.
  return { first: start.line, count: end.line - start.line + 1 };
}

/** `lineAt` gives plain text; undefined when a line is not there, then this is too. */
export function selectedText(selection: LogSelection, lineAt: (line: number) => string | undefined): string | undefined {
  const [start, end] = ordered(selection);
  const texts: string[] = [];
  for (let line = start.line; line <= end.line; line++) {
    const text = lineAt(line);
    if (text === undefined) return undefined;
    texts.push(text.slice(line === start.line ? start.character : 0, line === end.line ? end.character : undefined));
  }
  return texts.join('\n');
}

/** What a double click takes: letters, digits and what paths are made of; else just that character. */
export function wordAround(text: string, character: number): readonly [number, number] {
  const isWord = (at: number) => /[\p{L}\p{N}_./\\:@~+-]/u.test(text[at] ?? ' ');
  if (!isWord(character)) return [character, Math.min(character + 1, text.length)];
  let [from, to] = [character, character + 1];
  while (from > 0 && isWord(from - 1)) from--;
  while (to < text.length && isWord(to)) to++;
  return [from, to];
}
