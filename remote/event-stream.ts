// The event stream as async iteration: NDJSON lines, each event once and in order, resumed by sequence number where a connection breaks.
// The server sends an empty line now and then; a stream that is silent for longer is taken for dead.
import type { RunEvent } from '../core/run/events.ts';
import { RemoteError } from './errors.ts';
import { pause } from './transport.ts';

export interface FollowOptions {
  /** Sequence number of the last event seen; 0 for all. */
  readonly after: number;
  /** Events of this run only. */
  readonly run?: string;
  /** False: end when the events so far are read. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
  /** How often a broken stream is opened again in a row before the error is passed on; 5 when absent. */
  readonly reconnects?: number;
}

const silenceMs = 45_000;

/** Ends quietly on abort. Rejects with RemoteError where the server refuses or stays away. */
export async function* followEvents(
  open: (after: number, signal: AbortSignal | undefined) => Promise<Response>,
  options: FollowOptions,
): AsyncGenerator<RunEvent> {
  const { signal } = options;
  let after = options.after;
  let failures = 0;
  while (!signal?.aborted) {
    try {
      for await (const event of readLines(await open(after, signal))) {
        failures = 0;
        if (event.seq <= after) continue;
        after = event.seq;
        yield event;
      }
      if (options.follow === false) return;
    } catch (error) {
      if (signal?.aborted) return;
      const broken = error instanceof BrokenStream || (error instanceof RemoteError && error.status === 0);
      if (!broken || ++failures > (options.reconnects ?? 5)) throw error instanceof BrokenStream ? error.toRemote() : error;
    }
    await pause(Math.min(100 * 2 ** failures, 2_000), signal).catch(() => {});
  }
}

class BrokenStream extends Error {
  toRemote(): RemoteError {
    return new RemoteError(0, 'network', `The event stream broke off: ${this.message}`, undefined, { cause: this.cause });
  }
}

async function* readLines(response: Response): AsyncGenerator<RunEvent> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    while (true) {
      const { done, value } = await withinSilence(reader.read());
      if (done) return; // a line without its end is cut off; it comes again after the next connect
      const lines = (rest + value).split('\n');
      rest = lines.pop()!;
      for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as RunEvent;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function withinSilence<T>(read: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BrokenStream(`nothing came for ${silenceMs} ms.`)), silenceMs);
  });
  try {
    return await Promise.race([read, silence]);
  } catch (cause) {
    if (cause instanceof BrokenStream) throw cause;
    throw new BrokenStream(cause instanceof Error ? cause.message : String(cause), { cause });
  } finally {
    clearTimeout(timer);
  }
}
