// `/weft/v1/runs`: runs with their state, folded from the log by the one reducer (invariant I8).
import type { WeftRun } from '../../../core/api/weft.ts';
import { reduce, type RunState } from '../../../core/run/reduce.ts';
import type { EventLog } from '../../store/event-log.ts';
import { listRuns } from '../../store/projections.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../problem.ts';
import type { Handlers } from '../server.ts';

export function runHandlers({ database, events }: Store): Handlers {
  return {
    ListRuns: () => ({ body: listRuns(database).flatMap(({ id }) => runOf(events, id) ?? []) }),
    ShowRun: ({ path }) => {
      const id = path['execution_id']!;
      const run = runOf(events, id);
      if (!run) throw notFound('execution', id);
      return { body: run };
    },
  };
}

function runOf(events: EventLog, run: string): WeftRun | undefined {
  let state: RunState | undefined;
  let seq = 0;
  for (let page = events.read(seq, { run }); page.length > 0; page = events.read(seq, { run })) {
    for (const event of page) state = reduce(state, event);
    seq = page.at(-1)!.seq;
  }
  return state && { state, seq };
}
