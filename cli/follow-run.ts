// Follows one run in the terminal: a line per change of a step, and the steps' log lines as they come, each once and in order.
// The logs are windows that are pulled; a slow terminal slows the pulling, never the run.
import type { RunEvent } from '../core/run/events.ts';
import { reduce, type RunState, type StepState } from '../core/run/reduce.ts';
import { isEndedRun, isEndedStep } from '../core/run/status.ts';
import type { Client } from '../remote/client.ts';
import type { Console } from './command.ts';
import { shortDuration } from './duration.ts';

export interface FollowRun {
  readonly client: Client;
  readonly run: string;
  /** One event a line instead of text. */
  readonly json: boolean;
  /** What happened up to this event was told already. With `logs: false` the steps' output is left out. */
  readonly after?: number;
  readonly logs?: false;
  /** Steps that the engine answers by itself, as long as the answer fits. */
  readonly answered?: ReadonlySet<string>;
  /** Called when a step waits for a person; without it the waiting is only told. */
  readonly onWaiting?: (state: RunState, step: StepState) => Promise<void>;
}

const window = 2_000;
const waitMs = 20_000;
const colours = [36, 33, 35, 32, 34, 31] as const;

/** Resolves with the ended run; rejects with the signal's reason on Ctrl-C. */
export async function followRun(options: FollowRun, console: Console): Promise<RunState> {
  const { client, run, json, after = 0, answered, onWaiting } = options;
  let state: RunState | undefined;
  const logs = new Map<string, Promise<void>>();
  const width = () => Math.max(...state!.steps.map((step) => step.name.length));

  for await (const event of client.events({ after: 0, run, signal: console.signal })) {
    state = reduce(state, event);
    if (!state || event.seq <= after) continue;
    if (json) console.out(`${JSON.stringify(event)}\n`);
    else tell(event, state);
    if (event.type === 'step.submitted' && !json && options.logs !== false) {
      const step = state.steps.find((each) => each.name === event.step)!;
      const key = `${step.uuid} ${step.attempt}`;
      if (!logs.has(key)) {
        const printed = printLog(step, state.steps.indexOf(step));
        // Told below, where all are waited for, or by the events, which fail for the same reason.
        printed.catch(() => {});
        logs.set(key, printed);
      }
    }
    const waiting = waitingStep(event, answered);
    if (waiting !== undefined) await onWaiting?.(state, state.steps.find((each) => each.name === waiting)!);
    if (isEndedRun(state.status)) break;
  }
  console.signal.throwIfAborted();
  await Promise.all(logs.values());
  return state!;

  async function printLog(step: StepState, index: number): Promise<void> {
    const label = console.colours
      ? `\u001b[${colours[index % colours.length]}m${step.name.padEnd(width())}\u001b[0m │ `
      : `${step.name.padEnd(width())} | `;
    for (let first = 0; ; ) {
      const answer = await client.logLines(step.uuid, {
        first,
        count: window,
        attempt: step.attempt,
        waitMs,
        signal: console.signal,
      });
      if (answer.lines.length > 0) console.out(answer.lines.map((line) => `${label}${line}\n`).join(''));
      first = answer.first + answer.lines.length;
      const now = state!.steps.find((each) => each.uuid === step.uuid)!;
      const over = answer.ended || (isEndedStep(now.status) && answer.lines.length === 0);
      if (over && first >= answer.total) return;
    }
  }

  function tell(event: RunEvent, now: RunState): void {
    const line = describe(event, now);
    if (line) console.err(`${console.colours ? `\u001b[2m${line}\u001b[0m` : line}\n`);
  }
}

/** The step that now waits for a person: nothing was prepared for it, or what was does not fit. */
function waitingStep(event: RunEvent, answered: ReadonlySet<string> | undefined): string | undefined {
  if (event.type === 'step.waiting' && !answered?.has(event.step)) return event.step;
  return event.type === 'run.warned' && event.code === 'answer-unfit' ? event.step : undefined;
}

/** The line for an event that a person wants to see; undefined for the others. */
function describe(event: RunEvent, state: RunState): string | undefined {
  switch (event.type) {
    case 'run.created':
      return `${event.workflowName} ${event.name}: ${event.steps.length} steps`;
    case 'step.submitting':
      return `▶ ${event.step}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}`;
    case 'step.waiting':
      return `… ${event.step} waits for ${event.needs.map(({ name, type }) => `${name} (${type})`).join(', ') || 'a person'}`;
    case 'step.held':
      return `‖ ${event.step} is held (${event.reason})${event.message ? `: ${event.message}` : ''}`;
    case 'step.decided':
      return `◆ ${event.step}: ${event.result}`;
    case 'run.warned':
      return `! ${event.step ? `${event.step}: ` : ''}${event.message}`;
    case 'step.ended': {
      const step = state.steps.find((each) => each.name === event.step);
      const took =
        step?.startedAt && step.endedAt ? ` in ${shortDuration(Date.parse(step.endedAt) - Date.parse(step.startedAt))}` : '';
      if (event.status === 'completed') return `✔ ${event.step}${took}`;
      if (event.status === 'skipped') return `- ${event.step} skipped (${event.reason})`;
      return `✖ ${event.step} ${event.status}${took}${event.error ? `: ${event.error.message}` : ''}`;
    }
    case 'run.completed':
    case 'run.stopped':
    case 'run.failed': {
      const ms = Date.parse(state.endedAt ?? event.at) - Date.parse(state.startedAt ?? event.at);
      return `${state.name} ${state.status} in ${shortDuration(ms)}`;
    }
    default:
      return undefined;
  }
}
