// The result of a layout: positions for a graph, in pixels of the picture at zoom 1.

export interface LaidOutNode {
  readonly name: string;
  /** Top left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rank: number;
  /** Position within the rank. */
  readonly order: number;
}

export interface LaidOutEdge {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly string[];
  /** A cubic Bézier path: start, then groups of three points. */
  readonly points: readonly (readonly [number, number])[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly LaidOutNode[];
  readonly edges: readonly LaidOutEdge[];
}
