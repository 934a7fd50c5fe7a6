// The digits example as the panels get it: its graph with a real layout, and the events of a run up to chosen moments.
import { readFileSync } from 'node:fs';
import { buildGraph } from '../../core/graph/build.ts';
import type { Direction } from '../../core/graph/layout.ts';
import type { ToGraphPanel } from '../../core/protocol/webview.ts';
import { eventVersion, type RunEvent, type RunEventBody } from '../../core/run/events.ts';
import { type RunState, reduce } from '../../core/run/reduce.ts';
import { isStepType } from '../../core/steps/step-types.ts';
import { graphTexts, textsFor } from '../../core/views/texts.ts';
import { arrange } from '../../layout/arrange.ts';
import { bindText } from '../rules/analyze.ts';

const text = readFileSync(new URL('../../examples/digits/digits.workflow.yaml', import.meta.url), 'utf8');
const { workflow, bound } = bindText(text);
export const digits = buildGraph(workflow, bound);

export type GraphMessage = Extract<ToGraphPanel, { type: 'graph' }>;

export async function digitsMessage(
  options: { readonly language?: string; readonly direction?: Direction; readonly findings?: GraphMessage['findings'] } = {},
): Promise<GraphMessage> {
  const { language = 'en', direction = 'right', findings = [] } = options;
  return {
    type: 'graph',
    title: 'digits',
    graph: digits,
    layout: await arrange(digits, { direction }),
    direction,
    findings,
    texts: textsFor(graphTexts, language),
  };
}

/** When the run of these tests began. */
export const began = Date.parse('2026-03-01T10:00:00.000Z');

/** Heads for bodies, one every `apart` milliseconds. */
export function eventsOf(bodies: readonly RunEventBody[], from = 1, apart = 1000): RunEvent[] {
  return bodies.map((body, index) => ({
    v: eventVersion,
    seq: from + index,
    at: new Date(began + (from + index - 1) * apart).toISOString(),
    run: 'run-1',
    ...body,
  }));
}

export function digitsCreated(): RunEventBody {
  return {
    type: 'run.created',
    workflowId: 'w-1',
    workflowName: 'digits',
    name: 'digits-1',
    labels: [],
    values: { parameters: [], data: [] },
    steps: digits.nodes.map((node) => ({
      name: node.name,
      title: node.title,
      type: isStepType(node.type) ? node.type : 'job',
      dependSteps: digits.edges.filter((edge) => edge.to === node.name && edge.kind === 'depends').map((edge) => edge.from),
      uuid: `uuid-${node.name}`,
    })),
  };
}

export function starts(step: string, attempt = 1): RunEventBody[] {
  return [
    { type: 'step.submitting', step, attempt, key: `${step}-${attempt}`, inputs: [], outputs: [] },
    { type: 'step.submitted', step, key: `${step}-${attempt}` },
  ];
}

export function ends(step: string, more: Partial<Extract<RunEventBody, { type: 'step.ended' }>> = {}): RunEventBody {
  return { type: 'step.ended', step, status: 'completed', exitCode: 0, ...more };
}

export function accuracy(step: string, value: number): RunEventBody {
  return {
    type: 'step.metrics_written',
    step,
    output: 'metrics',
    metrics: [{ key: 'accuracy', title: 'accuracy', type: 'float', data: { value } }],
  };
}

export function stateOf(bodies: readonly RunEventBody[]): RunState {
  return eventsOf(bodies).reduce<RunState | undefined>(reduce, undefined)!;
}

/** One step of everything that a card can say. */
export const busyRun: readonly RunEventBody[] = [
  digitsCreated(),
  { type: 'run.started' },
  ends('collect', { reused: 'run-0' }),
  ...starts('release'),
  ends('release'),
  ...starts('train_wide'),
  ...starts('train_narrow', 2),
  accuracy('train_wide', 0.934),
  { type: 'step.progressed', step: 'train_wide', message: 'epoch 12/24' },
  { ...ends('train_narrow'), status: 'failed', exitCode: 1, error: { code: 'X', message: 'Exit code 1' } } as RunEventBody,
  { type: 'step.waiting', step: 'serve', status: 'hold', needs: [] },
  { ...ends('export_narrow'), status: 'skipped', reason: 'dependencies' } as RunEventBody,
];
