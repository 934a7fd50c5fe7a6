// Gives a metrics panel what the processes of the steps in its sight use: what there is at once, then what comes, by asking again
// while a step runs. A step that ended is asked for once more.
import type * as vscode from 'vscode';
import type { WeftResourceSample } from '../../core/api/weft.ts';
import type { StepState } from '../../core/run/reduce.ts';
import { isEndedStep } from '../../core/run/status.ts';
import { RemoteError } from '../../remote/errors.ts';
import { pause } from '../../remote/transport.ts';
import { report } from '../commands/report.ts';
import type { RunStore, StoredRun } from '../run-store.ts';

export interface ResourceFeed extends vscode.Disposable {
  /** Of these steps in these runs, and of no others. */
  watch(runs: readonly string[], steps: readonly string[]): void;
  /** The same steps in other runs. */
  setRuns(runs: readonly string[]): void;
}

type Send = (run: string, step: string, fresh: boolean, samples: readonly WeftResourceSample[]) => void;

/** The engine takes a sample a second at most. */
const askAgainMs = 1_500;

export function feedResources(runs: RunStore, log: vscode.LogOutputChannel, send: Send): ResourceFeed {
  const asking = new Map<string, AbortController>();
  let watchedRuns: readonly string[] = [];
  let watchedSteps: readonly string[] = [];

  const update = () => {
    const wanted = new Map(
      watchedRuns.flatMap((run) => watchedSteps.map((step) => [JSON.stringify([run, step]), { run, step }] as const)),
    );
    for (const [key, controller] of asking) {
      if (wanted.has(key)) continue;
      controller.abort();
      asking.delete(key);
    }
    for (const [key, { run, step }] of wanted) {
      if (asking.has(key)) continue;
      const controller = new AbortController();
      asking.set(key, controller);
      follow(run, step, controller.signal).catch((error: unknown) => {
        if (!controller.signal.aborted) report(error, log);
      });
    }
  };

  const find = (run: string, name: string): { readonly run: StoredRun; readonly step: StepState } | undefined => {
    const stored = runs.run(run);
    const step = stored?.state.steps.find((each) => each.name === name);
    return stored && step ? { run: stored, step } : undefined;
  };

  async function follow(id: string, name: string, signal: AbortSignal): Promise<void> {
    let after = 0;
    let attempt = 0;
    let done = false;
    while (!signal.aborted) {
      const found = find(id, name);
      if (found && found.step.attempt !== attempt) {
        attempt = found.step.attempt;
        after = 0;
        done = false;
      }
      // Processes in the cloud are not seen from here. To see a chart of an old run no engine is started; its log does that.
      const engine = found && !found.run.cloud && attempt > 0 ? runs.engineOf(found.run.root) : undefined;
      if (found && engine && !done) {
        const ended = isEndedStep(found.step.status);
        const path = { step_execution_id: found.step.uuid };
        try {
          const samples = await engine.client.call('ListResourceSamples', { path, query: { after, attempt }, signal });
          if (signal.aborted) return;
          if (samples.length > 0) send(id, name, after === 0, samples);
          after = samples.at(-1)?.at ?? after;
          done = ended;
        } catch (error) {
          if (!(error instanceof RemoteError)) throw error;
          log.debug(`What ${name} uses is not there now: ${error.message}`);
        }
      }
      if (done) await changeOf(id, name, attempt, signal);
      else await pause(askAgainMs, signal);
    }
  }

  /** Resolves when the step has another attempt. */
  function changeOf(id: string, name: string, attempt: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        listening.dispose();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const listening = runs.onDidChange(() => {
        const step = find(id, name)?.step;
        if (step && step.attempt !== attempt) end();
      });
      signal.addEventListener('abort', end, { once: true });
    });
  }

  return {
    watch(nextRuns, steps) {
      [watchedRuns, watchedSteps] = [nextRuns, steps];
      update();
    },
    setRuns(next) {
      watchedRuns = next;
      update();
    },
    dispose() {
      for (const controller of asking.values()) controller.abort();
      asking.clear();
    },
  };
}
