// The text of a scalar that a program put together, with the places of its pieces: references and conditions as a file writes them.
import { printTarget } from '../../core/refs/reference.ts';
import { quote } from '../../core/refs/scanner.ts';
import type { Name } from '../../core/ir/workflow.ts';
import type { Origin, Piece } from '../../core/text/origin.ts';
import type { WrittenReference } from '../../sdk/written.ts';

export interface ComposedText {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** Where the names of a reference stand; the place of the whole where that cannot be told. */
export interface ReferencePlaces {
  readonly whole: Origin;
  readonly name?: Origin | undefined;
  readonly output?: Origin | undefined;
  readonly key?: Origin | undefined;
  readonly path?: Origin | undefined;
}

/** `braces`: a value on its own, not an operand. */
export function referenceText(written: WrittenReference, places: ReferencePlaces, braces: boolean): ComposedText {
  const builder = new Builder();
  builder.piece(places.whole, () => {
    builder.add(braces ? `\${{ ${written.root}` : written.root);
    builder.piece(places.name ?? places.whole, () => builder.add(segment(written.name)));
    if (written.root === 'storages') builder.add(flags(written));
    if (written.output !== undefined) {
      builder.add('.outputs');
      builder.piece(places.output ?? places.whole, () => builder.add(segment(written.output!)));
    }
    if (written.key !== undefined) builder.piece(places.key ?? places.whole, () => builder.add(segment(written.key!)));
    if (braces) builder.add(' }}');
    if (written.path) builder.piece(places.path ?? places.whole, () => builder.add(written.path!));
  });
  return builder;
}

/** `.name` or `['any text']`, as references print names. */
function segment(text: string): string {
  return printTarget({ root: 'parameters', name: named(text) }).slice('parameters'.length);
}

function flags({ createDir, withExecutionId }: WrittenReference): string {
  const given = { ...(createDir !== undefined && { createDir }), ...(withExecutionId !== undefined && { withExecutionId }) };
  return printTarget({ root: 'storages', name: named('x'), path: '', ...given }).slice('storages.x'.length);
}

function named(text: string): Name {
  return { text, origin: { anchor: { offset: 0 }, from: 0, to: 0 } };
}

/** A literal as the grammar of conditions reads it. */
export function literalText(value: string | number | boolean | null): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

export class Builder implements ComposedText {
  text = '';
  readonly pieces: Piece[] = [];

  add(text: string): void {
    this.text += text;
  }

  /** What `write` adds stands at the origin. */
  piece(origin: Origin, write: () => void): void {
    const start = this.text.length;
    write();
    this.pieces.push({ start, end: this.text.length, origin });
  }

  /** Takes over a composed text. */
  include({ text, pieces }: ComposedText): void {
    const start = this.text.length;
    this.text += text;
    for (const piece of pieces) this.pieces.push({ ...piece, start: piece.start + start, end: piece.end + start });
  }
}
