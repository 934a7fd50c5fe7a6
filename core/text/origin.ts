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
}

export function spanOf(origin: Origin): Span {
  return { start: origin.anchor.offset + origin.from, end: origin.anchor.offset + origin.to };
}
