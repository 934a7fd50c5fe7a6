// Where a thing of the tree or the IR stands in the text.
// Offsets are relative to an anchor, so that a part whose text did not change keeps its objects when lines above it
// come or go: an edit then costs what it touches, not the file (invariant I3 of docs/architecture.md).
import type { Span } from './source.ts';

/**
 * A point in the newest version of one text: the start of one top-level member or collection entry.
 * Only the incremental parse moves an anchor, and only forward in versions: an analysis is valid until the next one is made.
 */
export interface Anchor {
  offset: number;
}

/** A range relative to an anchor. */
export interface Origin {
  readonly anchor: Anchor;
  readonly from: number;
  readonly to: number;
  /**
   * Of a scalar whose text is put together and does not stand at the range as it is (a program made it): where pieces of it stand.
   * What no piece covers stands at the range as a whole.
   */
  readonly pieces?: readonly Piece[];
}

/** A range of a scalar's text, and where in the document that is written. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

export function spanOf(origin: Origin): Span {
  return { start: origin.anchor.offset + origin.from, end: origin.anchor.offset + origin.to };
}
