// `/weft/v1/events`: the event log as NDJSON, each event once and in order, followed on request (invariant I9 for events).
import type { RunEvent } from '../../../core/run/events.ts';
import type { EventLog } from '../../store/event-log.ts';
import { Problem } from '../problem.ts';
import type { Handlers } from '../server.ts';

/** An empty line that often tells a client that the stream lives. */
const heartbeatMs = 15_000;
const pageSize = 500;

export function eventHandlers(events: EventLog): Handlers {
  return {
    ListEvents: ({ query, signal }) => {
      const after = Number(query.get('after') ?? 0);
      if (!Number.isInteger(after) || after < 0) {
        throw new Problem(400, 'ModelArts.0107', `after is a sequence number from 0, and not "${query.get('after')}"`);
      }
      const stream = lines(events, after, query.get('run') ?? undefined, query.get('follow') === 'true', signal);
      return { stream, type: 'application/x-ndjson' };
    },
  };
}

async function* lines(
  events: EventLog,
  after: number,
  run: string | undefined,
  follow: boolean,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let seq = after;
  while (!signal.aborted) {
    const newest = events.lastSeq;
    for (let page = read(); page.length > 0; page = read()) {
      seq = page.at(-1)!.seq;
      yield page.map((event) => `${JSON.stringify(event)}\n`).join('');
    }
    if (!follow) return;
    // Events of other runs count as seen, or the wait would return at once for ever.
    seq = Math.max(seq, newest);
    await events.waitAfter(seq, AbortSignal.any([signal, AbortSignal.timeout(heartbeatMs)]));
    if (events.lastSeq === seq) yield '\n';
  }

  function read(): readonly RunEvent[] {
    return events.read(seq, { limit: pageSize, ...(run !== undefined && { run }) });
  }
}
