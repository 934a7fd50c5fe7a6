// The event log: append many at once, read after a sequence number, wake followers.
// L1. Sequence numbers have no gaps and grow by one; an event is visible only when it is durable.
// L2. Derived tables change in the same transaction as the events they are derived from.
import { eventVersion, type RunEvent, type RunEventBody } from '../../core/run/events.ts';
import { type Database, StoreError } from './driver.ts';
import { projectEvent } from './projections.ts';

export interface NewEvents {
  readonly run: string;
  readonly bodies: readonly RunEventBody[];
}

export interface EventLog {
  /** Sequence number of the newest event; 0 when there is none. */
  readonly lastSeq: number;
  /** One transaction. `also` is carried out within it, after the events. */
  append(events: NewEvents, at: number, also?: () => void): readonly RunEvent[];
  /** At most `limit` events after `seq`, of one run or of all. */
  read(after: number, options?: { readonly run?: string; readonly limit?: number }): readonly RunEvent[];
  /** Resolves when there is an event after `seq`, and on abort. */
  waitAfter(seq: number, signal: AbortSignal): Promise<void>;
  /** Removes the events of a run for good. Sequence numbers are not used again. */
  forget(run: string): void;
}

/** `onFailure`: the log could not be written. The append rejects as well; what is in memory is still what the log has. */
export function openEventLog(database: Database, onFailure: (error: StoreError) => void = () => {}): EventLog {
  const newest = Number(database.get('SELECT max(seq) AS seq FROM events')?.['seq'] ?? 0);
  const forgotten = Number(database.get("SELECT body FROM records WHERE kind = 'meta' AND id = 'forgotten'")?.['body'] ?? 0);
  let lastSeq = Math.max(newest, forgotten);
  const waiters = new Set<() => void>();

  return {
    get lastSeq() {
      return lastSeq;
    },

    append({ run, bodies }, at, also) {
      const time = new Date(at).toISOString();
      const events = bodies.map((body, index) => ({
        v: eventVersion,
        seq: lastSeq + 1 + index,
        at: time,
        run,
        ...body,
      })) as RunEvent[];
      write(() => {
        for (const [index, event] of events.entries()) {
          database.run(
            'INSERT INTO events (seq, run, at, body) VALUES (?, ?, ?, ?)',
            event.seq,
            run,
            time,
            JSON.stringify(bodies[index]),
          );
          projectEvent(database, event);
        }
        also?.();
      });
      lastSeq += events.length;
      if (events.length > 0) wake();
      return events;
    },

    read(after, { run, limit = 1_000 } = {}) {
      const rows =
        run === undefined
          ? database.all('SELECT seq, run, at, body FROM events WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
          : database.all(
              'SELECT seq, run, at, body FROM events WHERE run = ? AND seq > ? ORDER BY seq LIMIT ?',
              run,
              after,
              limit,
            );
      return rows.map((row) => ({
        v: eventVersion,
        seq: Number(row['seq']),
        at: String(row['at']),
        run: String(row['run']),
        ...JSON.parse(String(row['body'])),
      }));
    },

    waitAfter(seq, signal) {
      if (lastSeq > seq || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          waiters.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        waiters.add(done);
        signal.addEventListener('abort', done, { once: true });
      });
    },

    forget(run) {
      database.transaction(() => {
        database.run(
          "INSERT INTO records (kind, id, body) VALUES ('meta', 'forgotten', ?) ON CONFLICT DO UPDATE SET body = excluded.body",
          String(lastSeq),
        );
        database.run('DELETE FROM events WHERE run = ?', run);
        database.run('DELETE FROM runs WHERE id = ?', run);
        database.run('DELETE FROM step_runs WHERE run = ?', run);
      });
    },
  };

  function write(body: () => void): void {
    try {
      database.transaction(body);
    } catch (error) {
      if (error instanceof StoreError) onFailure(error);
      throw error;
    }
  }

  function wake(): void {
    for (const done of [...waiters]) done();
  }
}
