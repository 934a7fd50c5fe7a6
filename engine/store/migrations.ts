// The versions of the engine's database. A released migration is never edited; a change is a new entry at the end.
import { type Database, StoreError } from './driver.ts';

const migrations: readonly string[][] = [
  [
    // The truth: what happened, in order.
    'CREATE TABLE events (seq INTEGER PRIMARY KEY, run TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL) STRICT',
    'CREATE INDEX events_of_run ON events (run, seq)',
    // What people and step kinds put here: workflows, definitions of runs, schedules, subscriptions, registries.
    'CREATE TABLE records (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id)) STRICT',
    // Derived from the events; may be dropped and rebuilt.
    `CREATE TABLE runs (
       id TEXT PRIMARY KEY, workflow TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
       created TEXT NOT NULL, started TEXT, ended TEXT, labels TEXT NOT NULL, scene TEXT, first_seq INTEGER NOT NULL
     ) STRICT`,
    'CREATE INDEX runs_of_workflow ON runs (workflow, first_seq)',
    'CREATE TABLE step_runs (uuid TEXT PRIMARY KEY, run TEXT NOT NULL, name TEXT NOT NULL) STRICT',
    'CREATE INDEX step_runs_of_run ON step_runs (run)',
  ],
];

/** Version of the newest store and event schema that this program knows. */
export const schemaVersion = migrations.length;

/** Brings a database to the newest version, each step all or nothing. Refuses one that a newer program has written. */
export function migrate(database: Database, file: string): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0);
  if (version > schemaVersion) {
    throw new StoreError(
      'newer',
      `The database ${file} has schema ${version}, and this engine knows ${schemaVersion}: update Weft, or move the file away to start afresh.`,
    );
  }
  for (let next = version; next < schemaVersion; next++) {
    database.transaction(() => {
      for (const statement of migrations[next]!) database.run(statement);
      database.run(`PRAGMA user_version = ${next + 1}`);
    });
  }
}
