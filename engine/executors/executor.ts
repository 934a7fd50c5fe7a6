// Where the work of a step runs: a local process, a container, a batch queue.
// The seam between the scheduler and processes. An executor knows nothing of workflows, events or the API.
// E1. `key` names one piece of work for ever; `submit` with a key that is already known does not start it twice.
// E2. Every submitted or attached piece of work gives exactly one outcome to the listener, also when it ended while no engine ran.
// E3. An executor holds no state that is not in `folder` or in the system that it drives: `attach` needs nothing else.

export interface Work {
  /** Step run uuid and attempt: `keyOf(uuid, attempt)`. */
  readonly key: string;
  /** The step run: put into the environment of the work as WEFT_STEP. */
  readonly stepRun: string;
  /** Absolute; exists. The executor keeps log, exit status and its own notes here and nowhere else. */
  readonly folder: string;
  readonly command: Command;
  /** Working folder of the process; exists. */
  readonly cwd: string;
  /** All that is added to the executor's clean base environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly limits?: { readonly cpus?: number; readonly memoryMb?: number };
}

export type Command =
  | { readonly kind: 'arguments'; readonly file: string; readonly arguments: readonly string[] }
  /** Run by `sh -c`. */
  | { readonly kind: 'shell'; readonly text: string };

export interface Submitted {
  readonly pid?: number;
  /** What the driven system calls it: a job id of the queue, a container id. */
  readonly reference?: string;
}

export interface Outcome {
  readonly exitCode?: number;
  readonly signal?: string;
  /** It ended, but nobody knows how: killed together with its launcher, machine restarted. */
  readonly lost?: boolean;
  readonly message?: string;
  /** When it ended, milliseconds since the epoch, as far as that is known. */
  readonly endedAt?: number;
}

/** What is known about a key: never submitted, still at work, or ended. */
export type Attached =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'running'; readonly submitted: Submitted }
  | { readonly kind: 'ended'; readonly submitted: Submitted; readonly outcome: Outcome };

export interface Executor {
  readonly name: string;
  /** Resolves when the work runs (or is queued). Rejects with SubmitError where it could not be started: then there is no outcome. */
  submit(work: Work): Promise<Submitted>;
  /** Finds work of an earlier engine; when it still runs its outcome goes to the listener like any other. `ended` is given here only. */
  attach(key: string, folder: string): Promise<Attached>;
  /** Asks politely, insists after `graceMs`; the outcome comes by the listener. Harmless for unknown and ended keys. */
  cancel(key: string, graceMs: number): Promise<void>;
  /** One listener: the scheduler. Called once per key, never synchronously within `submit`, `attach` or `cancel`. */
  onOutcome(listener: (key: string, outcome: Outcome) => void): void;
  /** Stops watching; the work goes on and may be attached again. */
  close(): Promise<void>;
}

/** The work could not be started; the step becomes `create_failed`. */
export class SubmitError extends Error {
  override readonly name = 'SubmitError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function keyOf(stepRun: string, attempt: number): string {
  return `${stepRun}.${attempt}`;
}
