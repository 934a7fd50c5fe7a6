// A cursor over the text of one scalar that knows where each character stands in the document.
// The grammars of reference.ts and expression.ts are written on it; it has no grammar of its own beyond names and quoted texts.
import type { Name } from '../ir/workflow.ts';
import type { Diagnostic, Fix, Localized } from '../text/diagnostic.ts';
import { type Origin, type Piece, spanOf } from '../text/origin.ts';

/** Letters of any script, digits, `_` and `-`. */
export const plainName = /^[\p{L}\p{M}\p{N}_-]+$/u;

const SPACE = /\s*/y;
const WORD = /[\p{L}\p{M}\p{N}_-]+/uy;
const QUOTED = /'((?:[^']|'')*)'|"([^"]*)"/y;

export class Scanner {
  readonly text: string;
  at = 0;
  /** The first thing that went wrong; later ones follow from it and are not told. */
  finding: Diagnostic | undefined;
  /** Operators, groups and lists so far: the grammars call themselves for each. */
  parts = 0;
  private readonly scalar: Origin;
  /** How far the text is from the scalar's start; undefined where escapes or folds make offsets differ. */
  private readonly shift: number | undefined;

  constructor(text: string, scalar: Origin) {
    this.text = text;
    this.scalar = scalar;
    const width = scalar.to - scalar.from;
    this.shift = scalar.pieces ? undefined : width === text.length ? 0 : width === text.length + 2 ? 1 : undefined;
  }

  /** The place of a range of the text: the very characters, or the whole scalar where they cannot be told. */
  origin(from: number, to: number = this.at): Origin {
    if (this.shift === undefined) return this.pieceAt(from, to) ?? this.scalar;
    const start = this.scalar.from + this.shift;
    return { anchor: this.scalar.anchor, from: start + from, to: start + to };
  }

  skipSpace(): void {
    this.take(SPACE);
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** What a sticky expression matches here, which is then behind the cursor. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text) ?? undefined;
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  word(): Name | undefined {
    const from = this.at;
    const match = this.take(WORD);
    return match && { text: match[0], origin: this.origin(from) };
  }

  /** `'text'` with `''` for a quote, or `"text"`. The origin is that of what is between the quotes. */
  quoted(): Name | undefined {
    const from = this.at;
    const match = this.take(QUOTED);
    if (!match) return undefined;
    return { text: match[1]?.replaceAll("''", "'") ?? match[2]!, origin: this.origin(from + 1, this.at - 1) };
  }

  /** Notes what is wrong, once, and answers undefined for the caller to hand on. `replacement` becomes a fix of that range. */
  fail(code: string, message: Localized, from: number = this.at, to?: number, replacement?: string): undefined {
    if (this.finding) return undefined;
    const end = to ?? Math.max(from + 1, this.wordEnd(from));
    const origin = this.origin(from, Math.min(end, Math.max(from, this.text.length)));
    this.finding = { code, severity: 'error', message, origin };
    if (replacement !== undefined && this.shift !== undefined)
      this.finding = { ...this.finding, fixes: () => [change(origin, replacement)] };
    return undefined;
  }

  /** How to call what stands at the cursor in a message. */
  get here(): Localized {
    const rest = this.text.slice(this.at).trimEnd();
    if (rest === '') return { en: 'the end', zh: '结尾' };
    const shown = this.text.slice(this.at, Math.max(this.at + 1, this.wordEnd(this.at)));
    return { en: `\`${shown}\``, zh: `“${shown}”` };
  }

  /** The smallest piece that holds the range. */
  private pieceAt(from: number, to: number): Origin | undefined {
    let found: Piece | undefined;
    for (const piece of this.scalar.pieces ?? []) {
      const holds = piece.start <= from && to <= piece.end;
      if (holds && (!found || piece.end - piece.start < found.end - found.start)) found = piece;
    }
    return found?.origin;
  }

  private wordEnd(from: number): number {
    const rest = /^[\p{L}\p{M}\p{N}_-]+|^[^\s\p{L}\p{N}]+/u.exec(this.text.slice(from));
    return from + (rest?.[0].length ?? 0);
  }
}

function change(origin: Origin, replacement: string): Fix {
  return {
    title: { en: `Change to \`${replacement}\``, zh: `改为 \`${replacement}\`` },
    edits: [{ span: spanOf(origin), text: replacement }],
    preferred: true,
  };
}

/** `'text'` as the grammar reads it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
