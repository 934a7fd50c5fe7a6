// What a run takes over from an earlier one: everything done that is not downstream of what runs again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePlan, type Plan } from '../../core/plan/plan.ts';
import type { RunEventBody } from '../../core/run/events.ts';
import { reduce, type RunState } from '../../core/run/reduce.ts';
import { reuseEvents } from '../../core/run/reuse.ts';
import { bindText } from '../rules/analyze.ts';

function planOf(steps: Readonly<Record<string, readonly string[]>>): Plan {
  const body = {
    name: 'flow',
    steps: Object.entries(steps).map(([name, after]) => ({ name, type: 'job', depend_steps: after, properties: {} })),
  };
  const planned = makePlan(bindText(JSON.stringify(body), 'json').workflow);
  assert.equal(planned.kind, 'plan');
  return (planned as { plan: Plan }).plan;
}

function stateOf(plan: Plan, bodies: readonly RunEventBody[], run = 'first'): RunState {
  const created: RunEventBody = {
    type: 'run.created',
    workflowId: 'w',
    workflowName: 'flow',
    name: 'execution-001',
    labels: [],
    steps: plan.steps.map(({ name, title, type }) => ({ name, title, type, dependSteps: [], uuid: name })),
    values: { parameters: [], data: [] },
  };
  const events = [created, ...bodies].map((body, index) => ({
    v: 1 as const,
    seq: index + 1,
    at: '2026-01-01T00:00:00.000Z',
    run,
    ...body,
  }));
  return events.reduce<RunState | undefined>(reduce, undefined)!;
}

const ended = (step: string, status: 'completed' | 'failed' | 'skipped', outputs: unknown = {}): RunEventBody => ({
  type: 'step.ended',
  step,
  status,
  outputs: [{ name: 'out', value: outputs }],
});
const plan = planOf({ data: [], left: ['data'], right: ['data'], last: ['left', 'right'] });

const names = (events: readonly RunEventBody[]) => events.flatMap((event) => (event.type === 'step.ended' ? [event.step] : []));

test('a step that runs again takes everything downstream with it and nothing else', () => {
  const before = stateOf(
    plan,
    ['data', 'left', 'right', 'last'].map((step) => ended(step, 'completed')),
  );
  assert.deepEqual(names(reuseEvents(plan, before, ['left'])), ['data', 'right']);
  assert.deepEqual(names(reuseEvents(plan, before, ['data'])), []);
});

test('what failed or never ran before runs again too', () => {
  const before = stateOf(plan, [ended('data', 'completed'), ended('left', 'failed'), ended('right', 'skipped')]);
  assert.deepEqual(names(reuseEvents(plan, before, ['last'])), ['data', 'right']);
});

test('outputs, metrics and decisions come along, and where they are from', () => {
  const metric = { key: 'accuracy', title: '', type: 'float', data: { value: 0.9 } };
  const before = stateOf(plan, [
    { type: 'step.metrics_written', step: 'data', output: 'metrics', metrics: [metric] },
    { type: 'step.decided', step: 'data', result: true, metrics: [] },
    ended('data', 'completed', { obs_url: '/b/' }),
  ]);
  const after = stateOf(plan, reuseEvents(plan, before, ['left']), 'second');
  const [step] = after.steps;
  assert.deepEqual(
    [step!.status, step!.reused, step!.decision, step!.outputs, step!.metrics],
    ['completed', 'first', true, [{ name: 'out', value: { obs_url: '/b/' } }], [{ ...metric, output: 'metrics' }]],
  );
  assert.equal(stateOf(plan, reuseEvents(plan, after, ['left']), 'third').steps[0]!.reused, 'first');
});
