// The records table behind the RecordStore interface.
import type { Database } from './driver.ts';
import type { RecordStore } from './records.ts';

export function openRecordStore(database: Database): RecordStore {
  return {
    get(kind, id) {
      const row = database.get('SELECT body FROM records WHERE kind = ? AND id = ?', kind, id);
      return row && JSON.parse(String(row['body']));
    },
    put(kind, id, record) {
      database.transaction(() =>
        database.run(
          'INSERT INTO records (kind, id, body) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body',
          kind,
          id,
          JSON.stringify(record),
        ),
      );
    },
    delete: (kind, id) => database.transaction(() => database.run('DELETE FROM records WHERE kind = ? AND id = ?', kind, id) > 0),
    list: (kind) =>
      database
        .all('SELECT id, body FROM records WHERE kind = ? ORDER BY number', kind)
        .map((row) => ({ id: String(row['id']), record: JSON.parse(String(row['body'])) })),
    transaction: (body) => database.transaction(body),
  };
}
