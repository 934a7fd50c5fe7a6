// The log of a step in the debug console: windows that are pulled while it runs, each line once and in order, with the step's name.
// A console is no place for a million lines: who falls behind that far is told how many are left out.
import type { StepState } from '../core/run/reduce.ts';
import { isEndedStep } from '../core/run/status.ts';
import type { Client } from '../remote/client.ts';

const windowLines = 2_000;
const waitMs = 20_000;
/** Lines that wait to be told before some are left out. */
const longest = 10_000;

/** Resolves when the step has ended and its last line is told. `now`: the step's newest state. */
export async function followLog(
  client: Client,
  step: StepState,
  now: () => StepState | undefined,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let first = 0; ; ) {
    const { lines, total, ended, ...answer } = await client.logLines(step.uuid, {
      first,
      count: windowLines,
      attempt: step.attempt,
      waitMs,
      signal,
    });
    if (lines.length > 0) tell(lines.map((line) => `${step.name} | ${line}\n`).join(''));
    first = answer.first + lines.length;
    if (total - first > longest) {
      const next = total - windowLines;
      tell(`${step.name} | (${next - first} lines are left out here; the step's log has them)\n`);
      first = next;
    }
    const state = now();
    const over = ended || !state || state.attempt !== step.attempt || (isEndedStep(state.status) && lines.length === 0);
    if (over && first >= total) return;
  }
}
