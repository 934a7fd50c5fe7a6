// JSON records by kind and id: workflows, schedules, subscriptions, the registries. Durable when a call returns.
// The seam for whoever keeps state beside the event log; SQLite stays behind it.

export interface RecordStore {
  get(kind: string, id: string): unknown;
  put(kind: string, id: string, record: unknown): void;
  delete(kind: string, id: string): boolean;
  /** In order of first `put`. */
  list(kind: string): readonly { readonly id: string; readonly record: unknown }[];
  /** All or nothing. */
  transaction<T>(body: () => T): T;
}
