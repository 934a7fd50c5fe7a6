// What the graph panel draws: graph, layout and run joined into plain data. Knows no pixels of a screen, no texts of a language.
import type { Graph, GraphEdge } from '../graph/graph.ts';
import type { LaidOutEdge, Layout } from '../graph/layout.ts';
import type { Metric } from '../run/events.ts';
import type { RunState, StepState } from '../run/reduce.ts';
import { isEndedStep } from '../run/status.ts';
import { shownStatus, type Tone, toneOf } from './tone.ts';

export interface GraphViewInput {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly run?: RunState | undefined;
  readonly findings?: readonly { readonly step: string; readonly errors: number; readonly warnings: number }[];
}

export interface GraphView {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly NodeView[];
  readonly edges: readonly EdgeView[];
  readonly run: RunSummary | undefined;
}

export interface RunSummary {
  readonly status: string;
  readonly tone: Tone;
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
  readonly ended: number;
  readonly total: number;
  readonly stopRequested: boolean;
}

export interface NodeView {
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rank: number;
  readonly order: number;
  /** Indexes of steps before and after, each once, from the first to the last across the flow. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly errors: number;
  readonly warnings: number;
  /** Undefined without a run. */
  readonly state: NodeState | undefined;
}

export interface NodeState {
  /** Not among the steps of this run: a scene or a subset left it out. */
  readonly absent: boolean;
  readonly status: string;
  readonly tone: Tone;
  readonly attempt: number;
  readonly startedAt: string | undefined;
  /** Undefined while it runs: the view counts on. */
  readonly endedAt: string | undefined;
  readonly metric: { readonly title: string; readonly text: string } | undefined;
  /** The error of a failed step, or what a running one says about itself. */
  readonly detail: string | undefined;
  readonly reason: StepState['reason'];
  /** The run that the result was taken over from. */
  readonly reused: string | undefined;
}

export type EdgeStyle = 'data' | 'depends' | 'branch';
/** Whether the run went along it: `taken` it did, `off` it never will, `active` its end runs now. */
export type EdgeFlow = 'idle' | 'taken' | 'active' | 'off';

export interface EdgeView {
  readonly from: number;
  readonly to: number;
  readonly style: EdgeStyle;
  readonly branch: 'then' | 'else' | undefined;
  readonly points: LaidOutEdge['points'];
  readonly flow: EdgeFlow;
}

export function graphView(input: GraphViewInput): GraphView {
  const { graph, layout, run } = input;
  const indexes = new Map(layout.nodes.map((node, index) => [node.name, index]));
  const described = new Map(graph.nodes.map((node) => [node.name, node]));
  const findings = new Map(input.findings?.map((finding) => [finding.step, finding]));
  const states = new Map(run?.steps.map((step) => [step.name, step]));
  const branches = new Map(graph.edges.filter((edge) => edge.branch).map((edge) => [pairKey(edge), edge.branch]));
  const neighbours = neighboursOf(layout, indexes);

  const nodes = layout.nodes.map((place, index): NodeView => {
    const node = described.get(place.name);
    const found = findings.get(place.name);
    return {
      ...place,
      type: node?.type ?? '',
      title: node?.title || place.name,
      before: neighbours[index]!.before,
      after: neighbours[index]!.after,
      errors: found?.errors ?? 0,
      warnings: found?.warnings ?? 0,
      state: run && nodeState(states.get(place.name)),
    };
  });
  const edges = layout.edges.flatMap((edge): EdgeView[] => {
    const [from, to] = [indexes.get(edge.from), indexes.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const branch = branches.get(pairKey(edge));
    const flow = run ? flowOf(states.get(edge.from), states.get(edge.to), branch) : 'idle';
    return [{ from, to, style: styleOf(edge.kinds), branch, points: edge.points, flow }];
  });
  return { width: layout.width, height: layout.height, nodes, edges, run: run && summaryOf(run) };
}

/** How many steps are of each tone, tones without steps left out. */
export function countTones(view: GraphView): ReadonlyMap<Tone, number> {
  const counts = new Map<Tone, number>();
  for (const { state } of view.nodes) {
    if (state && !state.absent) counts.set(state.tone, (counts.get(state.tone) ?? 0) + 1);
  }
  return counts;
}

function summaryOf(run: RunState): RunSummary {
  return {
    status: run.status,
    tone: toneOf(run.status),
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    ended: run.steps.filter((step) => isEndedStep(step.status)).length,
    total: run.steps.length,
    stopRequested: run.stopRequested,
  };
}

function nodeState(step: StepState | undefined): NodeState {
  const status = step ? shownStatus(step) : 'init';
  return {
    absent: step === undefined,
    status,
    tone: toneOf(status),
    attempt: step?.attempt ?? 0,
    startedAt: step?.startedAt,
    endedAt: step?.endedAt,
    metric: step && firstMetric(step.metrics),
    detail: step?.error?.message ?? (step && isEndedStep(step.status) ? undefined : step?.progress),
    reason: step?.reason,
    reused: step?.reused,
  };
}

/** The first that is a number, or the newest point of the first curve. */
function firstMetric(metrics: readonly Metric[]): { title: string; text: string } | undefined {
  for (const metric of metrics) {
    const value = metric.type === 'float' ? at(metric.data, 'value') : lastOf(at(at(at(metric.data, 'y_axis'), 0), 'value'));
    if (typeof value === 'number') return { title: metric.title || metric.key, text: shortNumber(value) };
  }
  return undefined;
}

function at(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}

function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : undefined;
}

function shortNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

function styleOf(kinds: readonly string[]): EdgeStyle {
  if (kinds.includes('branch')) return 'branch';
  return kinds.includes('data') ? 'data' : 'depends';
}

function flowOf(from: StepState | undefined, to: StepState | undefined, branch: 'then' | 'else' | undefined): EdgeFlow {
  if (!from || !to) return 'off';
  if (branch && from.decision !== undefined && from.decision !== (branch === 'then')) return 'off';
  if (to.status === 'skipped') return 'off';
  const tone = toneOf(to.status);
  if (tone === 'active') return 'active';
  return tone === 'idle' || tone === 'queued' ? 'idle' : 'taken';
}

function neighboursOf(layout: Layout, indexes: ReadonlyMap<string, number>): { before: number[]; after: number[] }[] {
  const neighbours = layout.nodes.map(() => ({ before: [] as number[], after: [] as number[] }));
  for (const edge of layout.edges) {
    const [from, to] = [indexes.get(edge.from), indexes.get(edge.to)];
    if (from === undefined || to === undefined || from === to) continue;
    neighbours[from]!.after.push(to);
    neighbours[to]!.before.push(from);
  }
  const byPlace = (a: number, b: number) => {
    const [first, second] = [layout.nodes[a]!, layout.nodes[b]!];
    return first.rank - second.rank || first.order - second.order;
  };
  for (const { before, after } of neighbours) {
    before.sort(byPlace);
    after.sort(byPlace);
  }
  return neighbours;
}

function pairKey(edge: Pick<GraphEdge, 'from' | 'to'>): string {
  return JSON.stringify([edge.from, edge.to]);
}
