// What the debug console says about a run: one line for each event that a person wants to see, undefined for the others.
import type { RunEvent } from '../core/run/events.ts';
import type { RunState } from '../core/run/reduce.ts';

export interface Line {
  readonly text: string;
  /** `important` is shown also where nobody looks at the console. */
  readonly category: 'console' | 'important' | 'stderr';
}

export function narrate(event: RunEvent, state: RunState): Line | undefined {
  switch (event.type) {
    case 'run.created':
      return plain(`${event.workflowName} ${event.name}: ${event.steps.length} steps`);
    case 'step.submitting':
      return plain(`▶ ${event.step}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}`);
    case 'step.held':
      return event.message === undefined
        ? plain(`‖ ${event.step} is held (${event.reason})`)
        : { text: `‖ ${event.step} is held, since its condition cannot be judged: ${event.message}`, category: 'stderr' };
    case 'step.waiting': {
      const needs = event.needs.map(({ name, type }) => `${name} (${type})`).join(', ') || 'a person';
      return { text: `… ${event.step} waits for ${needs}`, category: 'important' };
    }
    case 'step.decided':
      return plain(`◆ ${event.step}: ${event.result}`);
    case 'run.values_set':
      return plain(
        [...event.values.parameters, ...event.values.data]
          .map(({ name, value }) => `${name} = ${JSON.stringify(value)}`)
          .join('\n'),
      );
    case 'run.warned':
      return { text: `! ${event.step ? `${event.step}: ` : ''}${event.message}`, category: 'stderr' };
    case 'step.ended':
      if (event.status === 'completed') return plain(`✔ ${event.step}${event.reused ? ' (reused)' : ''}`);
      if (event.status === 'skipped') return plain(`- ${event.step} skipped (${event.reason})`);
      return { text: `✖ ${event.step} ${event.status}${event.error ? `: ${event.error.message}` : ''}`, category: 'stderr' };
    case 'step.reset':
      return plain(`↺ ${event.step} is to run again`);
    case 'run.completed':
    case 'run.stopped':
    case 'run.failed':
      return plain(`${state.name} ${state.status}`);
    default:
      return undefined;
  }
}

function plain(text: string): Line {
  return { text, category: 'console' };
}
