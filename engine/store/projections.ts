// Tables for listing and finding, derived from the events: the run's row, its step runs. Kept in the transaction of the append, and rebuilt from the log on demand.
import { eventVersion, type RunEvent } from '../../core/run/events.ts';
import type { Database } from './driver.ts';

export interface RunRow {
  readonly id: string;
  readonly workflow: string;
  readonly name: string;
  readonly status: string;
  readonly created: string;
  readonly started: string | null;
  readonly ended: string | null;
  readonly labels: readonly string[];
  readonly scene: string | null;
}

export function projectEvent(database: Database, event: RunEvent): void {
  switch (event.type) {
    case 'run.created':
      database.run(
        'INSERT INTO runs (id, workflow, name, status, created, labels, scene, first_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        event.run,
        event.workflowId,
        event.name,
        'init',
        event.at,
        JSON.stringify(event.labels),
        event.scene ?? null,
        event.seq,
      );
      for (const { uuid, name } of event.steps) {
        database.run('INSERT INTO step_runs (uuid, run, name) VALUES (?, ?, ?)', uuid, event.run, name);
      }
      return;
    case 'run.started':
      database.run(
        "UPDATE runs SET status = 'running', started = coalesce(started, ?), ended = NULL WHERE id = ?",
        event.at,
        event.run,
      );
      return;
    case 'run.completed':
      return end(database, event, 'completed');
    case 'run.stopped':
      return end(database, event, 'stopped');
    case 'run.failed':
      return end(database, event, 'abnormal');
    case 'run.labelled':
      database.run('UPDATE runs SET labels = ? WHERE id = ?', JSON.stringify(event.labels), event.run);
  }
}

export function rebuildProjections(database: Database): void {
  database.transaction(() => {
    database.run('DELETE FROM runs');
    database.run('DELETE FROM step_runs');
    for (const row of database.all('SELECT seq, run, at, body FROM events ORDER BY seq')) {
      projectEvent(database, {
        v: eventVersion,
        seq: Number(row['seq']),
        at: String(row['at']),
        run: String(row['run']),
        ...JSON.parse(String(row['body'])),
      });
    }
  });
}

/** In order of creation. */
export function listRuns(database: Database, workflow?: string): readonly RunRow[] {
  const rows =
    workflow === undefined
      ? database.all('SELECT * FROM runs ORDER BY first_seq')
      : database.all('SELECT * FROM runs WHERE workflow = ? ORDER BY first_seq', workflow);
  return rows.map((row) => ({ ...row, labels: JSON.parse(String(row['labels'])) }) as unknown as RunRow);
}

export function activeRuns(database: Database): readonly string[] {
  return database
    .all("SELECT id FROM runs WHERE status IN ('init', 'running') ORDER BY first_seq")
    .map((row) => String(row['id']));
}

/** The run and step of a step run; undefined where there is none. */
export function findStepRun(database: Database, uuid: string): { readonly run: string; readonly step: string } | undefined {
  const row = database.get('SELECT run, name FROM step_runs WHERE uuid = ?', uuid);
  return row && { run: String(row['run']), step: String(row['name']) };
}

function end(database: Database, event: RunEvent, status: string): void {
  database.run('UPDATE runs SET status = ?, ended = ? WHERE id = ?', status, event.at, event.run);
}
