// Runs of the service become the events of a local run: however often one looks, each change is told once, in order, with its time.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { WorkflowExecution } from '../../core/api/service.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { type DefinedStep, type Observed, observe } from '../../core/run/observe.ts';
import { reduce, type RunState } from '../../core/run/reduce.ts';
import {
  type ExecutionRecord,
  executionAnswer,
  idOf,
  isOver,
  move,
  type StepScript,
  tick,
} from '../support/service/executions.ts';

const start = Date.parse('2026-01-05T00:00:00Z');

function execution(steps: readonly DefinedStep[], more: Partial<ExecutionRecord> = {}): ExecutionRecord {
  return {
    id: idOf('run'),
    name: 'execution-001',
    workflowId: idOf('workflow'),
    workflowName: 'flow',
    createdAt: start,
    request: {},
    parameters: [],
    dataRequirements: [],
    labels: [],
    steps: steps.map((definition) => ({
      definition: definition as ExecutionRecord['steps'][number]['definition'],
      uuid: idOf(`step ${definition.name}`),
      status: 'init',
      reached: false,
      createdAt: start,
      updatedAt: start,
      startedAt: undefined,
      answered: false,
      stopping: false,
      ticks: 0,
      events: [],
    })),
    events: [],
    stopping: false,
    status: undefined,
    endedAt: undefined,
    ...more,
  };
}

class Watcher {
  readonly events: RunEvent[] = [];
  private before: Observed | undefined;
  private readonly steps: readonly DefinedStep[];

  constructor(steps: readonly DefinedStep[]) {
    this.steps = steps;
  }

  look(seen: object, now: number): void {
    const { events, observed } = observe(
      this.before,
      { workflowId: 'w', workflowName: 'flow', steps: this.steps, execution: seen as WorkflowExecution, now },
      this.events.length,
    );
    this.events.push(...events);
    this.before = observed;
  }

  get state(): RunState {
    const state = this.events.reduce<RunState | undefined>(reduce, undefined)!;
    assert.deepEqual(state, this.before!.run);
    return state;
  }
}

const linear: readonly DefinedStep[] = [
  { name: 'train', title: 'Train', type: 'job', outputs: [{ name: 'out', type: 'obs' }] },
  { name: 'gate', type: 'condition', depend_steps: ['train'], if_then_steps: ['register'], else_then_steps: ['again'] },
  { name: 'register', type: 'model', depend_steps: ['gate'], outputs: [{ name: 'model_output', type: 'model' }] },
  { name: 'again', type: 'job', depend_steps: ['gate'] },
];

test('a run with a branch, watched from its begin to its end', () => {
  const run = execution(linear);
  const watcher = new Watcher(linear);
  const scripts = {};
  let now = start;
  watcher.look(executionAnswer(run, now, scripts), now);
  while (!isOver(run)) {
    now += 7_000;
    tick(run, now, scripts);
    watcher.look(executionAnswer(run, now, scripts), now);
  }
  const told = watcher.events.map(({ at, ...event }) =>
    `${at.slice(14, 19)} ${event.type} ${'step' in event ? event.step : ''}`.trim(),
  );
  assert.deepEqual(told, [
    '00:00 run.created',
    '00:00 run.started',
    '00:28 step.submitting train',
    '00:42 step.submitted train',
    '00:49 step.ended train',
    '01:03 step.decided gate',
    '01:03 step.ended gate',
    '01:10 step.ended again',
    '01:17 step.submitting register',
    '01:31 step.submitted register',
    '01:38 step.ended register',
    '01:38 run.completed',
  ]);
  const { status, steps } = watcher.state;
  assert.equal(status, 'completed');
  const [train, gate, register, again] = steps;
  assert.deepEqual([train!.startedAt, train!.endedAt], ['2026-01-05T00:00:28.000Z', '2026-01-05T00:00:49.000Z']);
  assert.equal(gate!.decision, true);
  assert.deepEqual(register!.outputs, [{ name: 'model_output', value: { model_id: idOf(`model ${idOf('step register')}`) } }]);
  assert.deepEqual([again!.status, again!.reason], ['skipped', 'branch']);
});

test('a failed step is tried again, and the run with it', () => {
  const steps = [{ name: 'train', type: 'job' }];
  const run = execution(steps);
  const watcher = new Watcher(steps);
  let now = start;
  const go = (scripts: Readonly<Record<string, StepScript>>) => {
    while (!isOver(run)) {
      now += 7_000;
      tick(run, now, scripts);
    }
    watcher.look(executionAnswer(run, now, scripts), now);
  };
  const error = { error_code: 'ModelArts.2763', error_message: 'exit code 1' };
  go({ train: { end: 'failed', error } });
  const failed = watcher.state;
  assert.deepEqual([failed.status, failed.steps[0]!.status, failed.steps[0]!.attempt], ['abnormal', 'failed', 1]);
  assert.deepEqual(failed.steps[0]!.error, { code: 'ModelArts.2763', message: 'exit code 1' });
  move(run, run.steps[0]!, 'init', now);
  Object.assign(run, { status: 'running', endedAt: undefined });
  go({});
  const done = watcher.state;
  assert.deepEqual([done.status, done.steps[0]!.status, done.steps[0]!.attempt], ['completed', 'completed', 2]);
});

test('a step that waits says what for; going on is told', () => {
  const steps = [
    { name: 'label', type: 'labeling' },
    { name: 'serve', type: 'service', depend_steps: ['label'] },
  ];
  const model = { name: 'models', type: 'model_list', delay: true, used_steps: ['serve'] };
  const hours = { name: 'hours', type: 'int', delay: true, used_steps: ['serve'], description: 'How long' };
  const other = { name: 'other', type: 'int', delay: true, used_steps: ['elsewhere'] };
  const run = execution(steps, { dataRequirements: [model], parameters: [hours, other] });
  const scripts = { label: { waits: 'hold' }, serve: { waits: 'wait_inputs' } } as const;
  const watcher = new Watcher(steps);
  let now = start;
  const pass = (turns: number) => {
    for (let turn = 0; turn < turns; turn++) tick(run, (now += 7_000), scripts);
    watcher.look(executionAnswer(run, now, scripts), now);
  };
  pass(4);
  assert.deepEqual(watcher.state.steps[0]!.needs, [{ kind: 'work', name: 'label', type: 'labeling' }]);
  run.steps[0]!.answered = true;
  pass(8);
  const serve = watcher.state.steps[1]!;
  assert.equal(serve.status, 'wait_inputs');
  assert.deepEqual(serve.needs, [
    { kind: 'parameter', name: 'hours', type: 'int', description: 'How long' },
    { kind: 'data', name: 'models', type: 'model_list' },
  ]);
  run.steps[1]!.answered = true;
  pass(9);
  assert.equal(watcher.state.status, 'completed');
});

test('a service that writes no lines, or knows more statuses than we do, is followed by its statuses', () => {
  const steps = [{ name: 'a', type: 'quantum_job' }];
  const watcher = new Watcher(steps);
  const record = (status: string, seconds: number) => ({
    execution_id: 'e',
    name: 'execution-001',
    created_at: '2026-01-05T08:00:00.123456789+08:00',
    duration: '0',
    status: status === 'completed' ? 'completed' : 'running',
    steps_execution: [
      {
        uuid: 'u',
        step_name: 'a',
        status,
        created_at: '2026-01-05T08:00:01.5+08:00',
        updated_at: `2026-01-05T08:00:${String(seconds).padStart(2, '0')}+08:00`,
      },
    ],
  });
  for (const [status, seconds] of [
    ['creating', 2],
    ['entangling', 3],
    ['running', 4],
    ['running', 4],
    ['completed', 9],
  ] as const) {
    watcher.look(record(status, seconds), start + seconds * 1000);
  }
  assert.deepEqual(
    watcher.events.map((event) => `${event.at.slice(17, 23)} ${event.type}${'message' in event ? ` ${event.message}` : ''}`),
    [
      '00.123 run.created',
      '00.123 run.started',
      '01.500 step.submitting',
      '03.000 step.progressed entangling',
      '04.000 step.submitted',
      '09.000 step.ended',
      '09.000 run.completed',
    ],
  );
});

test('an answer whose status is older than its lines does not turn the step back', () => {
  const steps = [{ name: 'a', type: 'job' }];
  const run = execution(steps);
  const watcher = new Watcher(steps);
  let now = start;
  let older = executionAnswer(run, now, {});
  while (run.steps[0]!.status !== 'running') {
    older = executionAnswer(run, now, {});
    tick(run, (now += 7_000), {});
  }
  const { events } = run.steps[0]!;
  const [record] = older.steps_execution!;
  watcher.look({ ...older, steps_execution: [{ ...record!, events: [...events] }] }, now);
  watcher.look(older, now);
  watcher.look(executionAnswer(run, now, {}), now);
  assert.deepEqual(
    watcher.events.map(({ type }) => type),
    ['run.created', 'run.started', 'step.submitting', 'step.submitted'],
  );
});

// ---- O1

const graphs = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 7 }).map((list) =>
  list.map((after, index) => ({
    name: `s${index}`,
    type: index % 4 === 3 ? 'condition' : 'job',
    depend_steps: [...new Set(after.filter((each) => each < index))].map((each) => `s${each}`),
    if_then_steps: [],
    else_then_steps: [],
  })),
);
const script: fc.Arbitrary<StepScript> = fc.record(
  {
    end: fc.constantFrom('completed', 'completed', 'completed', 'failed', 'create_failed', 'timeout'),
    waits: fc.constantFrom('hold', 'wait_inputs'),
    decides: fc.boolean(),
  },
  { requiredKeys: [] },
);

const ajv = new Ajv2020({ strict: false });
(formats as unknown as (ajv: object) => void)(ajv);
const schemaFile = new URL('../../schemas/run-event.schema.json', import.meta.url);
const isEvent = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

test('looking once, or at any moments, tells the same of each step; events are those of the schema', () => {
  fc.assert(
    fc.property(
      graphs,
      fc.array(script, { minLength: 7, maxLength: 7 }),
      fc.infiniteStream(fc.boolean()),
      (steps, list, chance) => {
        const scripts = Object.fromEntries(steps.map(({ name }, index) => [name, list[index]!]));
        const run = execution(steps);
        const often = new Watcher(steps);
        let now = start;
        let retried = false;
        for (let turn = 0; turn < 200 && !isOver(run); turn++) {
          now += 7_000;
          tick(run, now, scripts);
          for (const step of run.steps)
            if (step.status === 'hold' || step.status === 'wait_inputs') step.answered = chance.next().value!;
          if (chance.next().value) often.look(executionAnswer(run, now, scripts), now);
          const failed = run.steps.find(({ status }) => status === 'failed');
          if (isOver(run) && failed && !retried) {
            retried = true;
            move(run, failed, 'init', now);
            failed.ticks = 0;
            Object.assign(run, { status: 'running', endedAt: undefined });
            scripts[failed.definition.name] = {};
          }
        }
        const answer = executionAnswer(run, now, scripts);
        often.look(answer, now);
        const once = new Watcher(steps);
        once.look(answer, now);
        const told = ({ steps: each, status }: RunState) => ({
          status,
          steps: each.map(({ inputs: _, outputs: __, ...step }) => step),
        });
        assert.deepEqual(told(often.state), told(once.state));
        const before = often.events.length;
        often.look(answer, now + 60_000);
        assert.equal(often.events.length, before, 'nothing new, nothing told');
        for (const event of often.events) assert.ok(isEvent(event), ajv.errorsText(isEvent.errors));
      },
    ),
    { numRuns: 150 },
  );
});
