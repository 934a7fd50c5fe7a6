// Logs of steps of the service, as windows of lines. The service has them for training jobs, as the newest 5 MB of each task's log; what
// is asked for again and again is pieced together by its full size, and what slipped by between two looks is said in its place.
// Source: API reference 7 (ShowTrainingJobLogsPreview), 11 (step results); modelarts-sdk digest 6.6.
import type { StepExecution } from '../core/api/service.ts';
import type { WeftLogLines, WeftLogMatches } from '../core/api/weft.ts';
import type { Client, LogSearchOptions } from './client.ts';
import { RemoteError } from './errors.ts';

export interface CloudLog {
  /** Lines so far, without the last one while it is not ended. */
  readonly lines: readonly string[];
  readonly bytes: number;
  readonly ended: boolean;
}

interface Task {
  readonly id: string;
  /** Bytes of its log that are in `lines`, or were skipped. */
  bytes: number;
  rest: string;
}

/** The log of one attempt of one step. */
export class JobLog {
  private readonly client: Client;
  private readonly job: string;
  private readonly lines: string[] = [];
  private readonly tasks = new Map<string, Task>();
  private ended = false;
  private bytes = 0;
  private asking: Promise<void> | undefined;

  constructor(client: Client, job: string) {
    this.client = client;
    this.job = job;
  }

  get log(): CloudLog {
    return { lines: this.lines, bytes: this.bytes, ended: this.ended };
  }

  /** Looks what has come. `stepEnded`: nothing comes after this look. Rejects with RemoteError. */
  async refresh(stepEnded: boolean, signal?: AbortSignal): Promise<void> {
    if (this.ended) return;
    // One look at a time, however many windows ask.
    this.asking ??= this.look(stepEnded, signal).finally(() => {
      this.asking = undefined;
    });
    await this.asking;
  }

  private async look(stepEnded: boolean, signal: AbortSignal | undefined): Promise<void> {
    for (const id of await this.taskIds(signal)) {
      const task = this.tasks.get(id) ?? { id, bytes: 0, rest: '' };
      this.tasks.set(id, task);
      const preview = await this.call('ShowTrainingJobLogsPreview', { training_job_id: this.job, task_id: id }, signal);
      if (preview) this.take(task, preview as Preview);
    }
    if (!stepEnded) return;
    for (const task of this.tasks.values()) {
      if (task.rest !== '') this.push(task, task.rest);
      task.rest = '';
    }
    this.ended = true;
  }

  private async taskIds(signal: AbortSignal | undefined): Promise<readonly string[]> {
    const job = (await this.call('ShowTrainingJobDetails', { training_job_id: this.job }, signal)) as Job | undefined;
    return job?.status?.tasks ?? [];
  }

  /** Undefined where there is nothing yet, or nothing any more. */
  private async call(
    name: 'ShowTrainingJobDetails' | 'ShowTrainingJobLogsPreview',
    path: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    try {
      return await this.client.call(name, { path: path as never, ...(signal && { signal }) });
    } catch (error) {
      if (error instanceof RemoteError && gone.includes(error.code)) return undefined;
      throw error;
    }
  }

  private take(task: Task, preview: Preview): void {
    const content = Buffer.from(preview.content ?? preview.context ?? '');
    const full = Number(preview.full_size ?? content.length);
    const fresh = full - task.bytes;
    if (fresh <= 0) return;
    const missed = fresh - content.length;
    if (missed > 0) {
      if (task.rest !== '') this.push(task, task.rest);
      task.rest = '';
      this.push(task, `… ${missed} bytes are not shown here: the service gives the newest part of a log …`);
    }
    const text = task.rest + content.subarray(Math.max(0, content.length - fresh)).toString();
    const lines = text.split(/\r?\n/);
    task.rest = lines.pop()!;
    for (const line of lines) this.push(task, line);
    task.bytes = full;
    this.bytes += fresh;
  }

  /** With several tasks each line says whose it is. */
  private push(task: Task, line: string): void {
    this.lines.push(this.tasks.size > 1 ? `${task.id} | ${line}` : line);
  }
}

interface Preview {
  readonly content?: string;
  /** Its name before March 2022. */
  readonly context?: string;
  readonly full_size?: number | string;
}
interface Job {
  readonly status?: { readonly tasks?: readonly string[] };
}

/** Not ready, cleared, not found. */
const gone: readonly string[] = ['ModelArts.2775', 'ModelArts.2776', 'ModelArts.2818', 'ModelArts.2819', 'ModelArts.2820'];

/** The training job behind a step. Not published for job steps: a plain id, or JSON like that of other kinds. */
export function trainingJobOf({ instance_id: instance, type }: StepExecution): string | undefined {
  if (type !== undefined && type !== 'job' && type !== 'training_job' && type !== 'traning_job') return undefined;
  const value = typeof instance === 'string' && /^\s*\{/.test(instance) ? readJson(instance) : instance;
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { training_job_id: training, job_id: job, id } = value as Readonly<Record<string, unknown>>;
  return [training, job, id].find((each): each is string => typeof each === 'string' && each !== '');
}

export function windowOf(log: CloudLog, first: number, count: number): WeftLogLines {
  const lines = log.lines.slice(first, first + count);
  return { first, lines, total: log.lines.length, bytes: log.bytes, ended: log.ended };
}

export function searchIn(log: CloudLog, options: LogSearchOptions): WeftLogMatches {
  const { text, regex = false, caseSensitive = false, from = 0, limit = 1_000 } = options;
  const pattern = new RegExp(regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), caseSensitive ? '' : 'i');
  const found: number[] = [];
  for (let index = from; index < log.lines.length; index++) {
    if (!pattern.test(log.lines[index]!)) continue;
    if (found.length === limit) return { lines: found, searched: index, truncated: true };
    found.push(index);
  }
  return { lines: found, searched: log.lines.length, truncated: false };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
