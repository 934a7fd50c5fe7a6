// What a step's card says, in words: from the joined view to the lines, marks and label that are drawn and read aloud.
import { elapsed, formatDuration } from './duration.ts';
import type { NodeView } from './graph-view.ts';
import { filled } from './texts.ts';
import type { Tone } from './tone.ts';

type Texts = Readonly<Record<string, string>>;

export interface CardLook {
  readonly title: string;
  readonly type: string;
  /** Under the title. */
  readonly line: string;
  /** At the end of that line, where there is room. */
  readonly metric: string | undefined;
  /** Undefined without a run, or where the run has no such step. */
  readonly tone: Tone | undefined;
  readonly absent: boolean;
  readonly reused: boolean;
  readonly errors: number;
  readonly warnings: number;
  /** For screen readers: everything above in one sentence. */
  readonly label: string;
}

export function cardLook(node: NodeView, texts: Texts, now: number): CardLook {
  const { state } = node;
  const type = typeText(node.type, texts);
  const line = lineOf(node, type, texts, now);
  const marks = [
    ...(node.errors > 0 ? [filled(texts['graph.errors'] ?? '', node.errors)] : []),
    ...(node.warnings > 0 ? [filled(texts['graph.warnings'] ?? '', node.warnings)] : []),
  ];
  const metric = state?.metric && `${state.metric.title} ${state.metric.text}`;
  return {
    title: node.title,
    type: node.type,
    line,
    metric,
    tone: state && !state.absent ? state.tone : undefined,
    absent: state?.absent ?? false,
    reused: state?.reused !== undefined,
    errors: node.errors,
    warnings: node.warnings,
    label: [node.title, type, ...(line === type ? [] : [line]), ...(metric ? [metric] : []), ...marks].filter(Boolean).join(', '),
  };
}

/** The name of a kind of step; one that is not known is named as it is written. */
export function typeText(type: string, texts: Texts): string {
  return texts[`type.${type}`] ?? type;
}

export function statusText(status: string, texts: Texts): string {
  return texts[`status.${status}`] ?? status;
}

function lineOf({ state }: NodeView, type: string, texts: Texts, now: number): string {
  if (!state) return type;
  if (state.absent) return texts['graph.absent'] ?? type;
  if (state.reused !== undefined) return texts['graph.reused'] ?? statusText(state.status, texts);
  if (state.tone === 'idle') return type;
  const status = statusText(state.status, texts);
  if (state.tone === 'skipped') return status;
  const time = elapsed(state.startedAt, state.endedAt, now);
  const parts = [
    state.tone === 'active' && state.detail ? state.detail : status,
    ...(time === undefined ? [] : [formatDuration(time)]),
    ...(state.attempt > 1 ? [filled(texts['graph.attempt'] ?? '', state.attempt)] : []),
  ];
  return parts.join(' · ');
}
