// Text of a workflow file (YAML) or a request body (JSON) -> tree and findings. Total: any text has a tree, nothing throws.
//
// Why not a grammar of a parser library: an unclosed quote or bracket there takes the rest of the file with it, and a line
// without colon begins a new document. Here indentation ends what was left open, so a mistake stays in its entry.
//
// Reading is incremental by parts (part.ts): top-level members and their entries. An entry that an edit did not touch keeps
// its objects; only its anchor moves (invariant I3). Reading anew and reading on from a previous version give equal results.
import type { Diagnostic } from '../text/diagnostic.ts';
import { type Anchor, spanOf } from '../text/origin.ts';
import { readNode } from './block.ts';
import { Cursor, type Language, TooDeep } from './cursor.ts';
import { multipleDocuments, nestedTooDeep, unexpectedContent } from './findings.ts';
import { type Frame, frameOf, hasContent } from './frame.ts';
import { type Part, Reuse } from './part.ts';
import type { SyntaxNode } from './tree.ts';

export type { Language } from './cursor.ts';

export interface ParsedText {
  readonly text: string;
  readonly language: Language;
  /** Undefined for a text that holds nothing but white space and comments. */
  readonly tree: SyntaxNode | undefined;
  /** In order of the text. */
  readonly findings: readonly Diagnostic[];
  /** The anchor of what stands outside of all parts: always at 0. */
  readonly anchor: Anchor;
  /** Top-level members and, inside them, their entries. */
  readonly parts: readonly Part[];
  readonly frame: Frame;
}

export function parse(text: string, language: Language = 'yaml'): ParsedText {
  return read(text, language, undefined, undefined);
}

/**
 * The parse of the next version of a text. Takes over the parts that did not change, and moves their anchors: `previous` is
 * not valid after that.
 */
export function reparse(previous: ParsedText, text: string): ParsedText {
  if (text === previous.text) return previous;
  return read(text, previous.language, new Reuse(previous.text, text, previous.parts), previous.frame);
}

function read(text: string, language: Language, reuse: Reuse | undefined, before: Frame | undefined): ParsedText {
  const anchor: Anchor = { offset: 0 };
  const cursor = new Cursor(text, language, anchor, reuse);
  const frame = frameOf(cursor, reuse, before);
  cursor.pos = frame.start;
  if (frame.end >= 0) cursor.limit = frame.end;
  let tree: SyntaxNode | undefined;
  try {
    if (cursor.toContent() >= 0) {
      tree = readNode(cursor, -1);
      if (cursor.toContent() >= 0) {
        cursor.report(unexpectedContent(cursor, cursor.pos, cursor.lineEnd(cursor.pos)));
      }
    }
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const whole = new Cursor(text, language, anchor, undefined);
    return { text, language, tree: undefined, findings: [nestedTooDeep(whole, error.at)], anchor, parts: [], frame };
  }
  if (frame.end >= 0 && hasContent(text, frame.end)) {
    cursor.limit = text.length;
    cursor.report(multipleDocuments(cursor.origin(frame.end, cursor.lineEnd(frame.end))));
  }
  reuse?.move();
  return { text, language, tree, findings: gather(cursor.findings, cursor.parts), anchor, parts: cursor.parts, frame };
}

function gather(own: readonly Diagnostic[], parts: readonly Part[]): readonly Diagnostic[] {
  const all = [...own];
  const visit = (part: Part): void => {
    for (const finding of part.findings) all.push(finding);
    for (const inner of part.parts) visit(inner);
  };
  for (const part of parts) visit(part);
  return all.length < 2 ? all : all.sort((a, b) => spanOf(a.origin).start - spanOf(b.origin).start);
}
