// The engine's database as a whole: opened, brought to the newest schema, closed.
import { join } from 'node:path';
import { type Database, openDatabase, type StoreError } from './driver.ts';
import { type EventLog, openEventLog } from './event-log.ts';
import { migrate } from './migrations.ts';
import { openRecordStore } from './record-store.ts';
import type { RecordStore } from './records.ts';

export interface Store {
  readonly database: Database;
  readonly events: EventLog;
  readonly records: RecordStore;
  close(): void;
}

/** Throws StoreError where the database cannot be used. `onFailure`: later, the event log could not be written. */
export function openStore(folder: string, onFailure?: (error: StoreError) => void): Store {
  const file = join(folder, 'engine.db');
  const database = openDatabase(file);
  try {
    migrate(database, file);
    const events = openEventLog(database, onFailure);
    return { database, events, records: openRecordStore(database), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
