// The result of a layout: positions for a graph, in pixels of the picture at zoom 1.

/** Which way the work flows in the picture. */
export type Direction = 'right' | 'down';

export interface LaidOutNode {
  readonly name: string;
  /** Top left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Column (row, when it flows down). Equal for steps side by side, but after edits not dense: 2.5 may stand between 2 and 3. */
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
