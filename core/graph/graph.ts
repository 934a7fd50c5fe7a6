// The graph of a workflow as plain data: what is drawn, planned and printed by `weft graph --format json`.

export type EdgeKind = 'depends' | 'data' | 'branch';

export interface GraphNode {
  readonly name: string;
  /** The step type as written, also where it is unknown. */
  readonly type: string;
  readonly title: string;
}

/** One per (from, to, kind). Metric, variable and selector reads are `data`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Branch edges: which branch of the condition step. */
  readonly branch?: 'then' | 'else';
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
