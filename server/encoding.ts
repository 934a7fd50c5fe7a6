// Positions as the client counts them. Texts count UTF-16 units, as LSP does unless both sides agree on something else; this is the something
// else: the same text whose columns are bytes of UTF-8 or code points.
import type { InitializeParams } from 'vscode-languageserver';
import type { Analysis } from '../core/analysis.ts';
import { type Position, SourceText } from '../core/text/source.ts';

export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

const known: readonly Encoding[] = ['utf-16', 'utf-8', 'utf-32'];

/** The first that the client names and we know, since it names first what costs it least. */
export function encodingFor({ capabilities }: Pick<InitializeParams, 'capabilities'>): Encoding {
  const offered = capabilities.general?.positionEncodings ?? [];
  return known.find((each) => each === offered.find((name) => known.includes(name as Encoding))) ?? 'utf-16';
}

class EncodedText extends SourceText {
  private readonly encoding: Encoding;

  constructor(text: string, encoding: Encoding) {
    super(text);
    this.encoding = encoding;
  }

  override positionAt(offset: number): Position {
    const { line, character } = super.positionAt(offset);
    const start = this.lineStart(line);
    return { line, character: this.lengthOf(this.text.slice(start, start + character)) };
  }

  override offsetAt({ line, character }: Position): number {
    let at = this.lineStart(line);
    const end = this.lineStart(line + 1);
    // The rest of a character that the position cuts in two is passed over, as its first half would be in UTF-16.
    for (let left = character; left > 0 && at < end; ) {
      const code = this.text.codePointAt(at)!;
      left -= this.width(code);
      at += code > 0xffff ? 2 : 1;
    }
    return Math.min(at, this.text.length);
  }

  private lengthOf(text: string): number {
    let length = 0;
    for (const character of text) length += this.width(character.codePointAt(0)!);
    return length;
  }

  private width(code: number): number {
    if (this.encoding === 'utf-32') return 1;
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
}

export function sourceText(text: string, encoding: Encoding): SourceText {
  return encoding === 'utf-16' ? new SourceText(text) : new EncodedText(text, encoding);
}

const encoded = new WeakMap<Analysis, Analysis>();

/** The analysis with a source that counts as the client does. One connection has one encoding. */
export function inEncoding(analysis: Analysis, encoding: Encoding): Analysis {
  if (encoding === 'utf-16') return analysis;
  let found = encoded.get(analysis);
  if (!found) encoded.set(analysis, (found = { ...analysis, source: sourceText(analysis.source.text, encoding) }));
  return found;
}
