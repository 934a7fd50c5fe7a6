// The only file that knows SQLite. Opens databases, runs statements, maps failures to StoreError.
// Policy of what is stored stands in the files beside this one.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type StoreFailure = 'locked' | 'full' | 'corrupt' | 'newer' | 'unwritable' | 'failed';

/** The database cannot be used; the message names the file and the way out. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreFailure;

  constructor(code: StoreFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export type Row = Readonly<Record<string, string | number | null>>;
type Parameter = string | number | null;

export interface Database {
  /** Statements are prepared once per text. Resolves to the number of changed rows. */
  run(sql: string, ...parameters: Parameter[]): number;
  all(sql: string, ...parameters: Parameter[]): Row[];
  get(sql: string, ...parameters: Parameter[]): Row | undefined;
  /** Durable when it returns; nested calls join the outer one. Rolled back when `body` throws. */
  transaction<T>(body: () => T): T;
  close(): void;
}

/** Opens or creates; every commit is on disk when it returns (WAL, synchronous=FULL). */
export function openDatabase(file: string): Database {
  const database = attempt(file, () => {
    const opened = new DatabaseSync(file, { timeout: 2_000 });
    try {
      opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  });
  const statements = new Map<string, StatementSync>();
  let depth = 0;

  function prepare(sql: string): StatementSync {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  return {
    run: (sql, ...parameters) => attempt(file, () => Number(prepare(sql).run(...(parameters as SQLInputValue[])).changes)),
    all: (sql, ...parameters) => attempt(file, () => prepare(sql).all(...(parameters as SQLInputValue[])) as unknown as Row[]),
    get: (sql, ...parameters) => attempt(file, () => prepare(sql).get(...(parameters as SQLInputValue[])) as Row | undefined),
    transaction(body) {
      if (depth > 0) return body();
      attempt(file, () => database.exec('BEGIN IMMEDIATE'));
      depth++;
      try {
        const result = body();
        attempt(file, () => database.exec('COMMIT'));
        return result;
      } catch (error) {
        // SQLite has rolled back by itself where the disk was full.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      } finally {
        depth--;
      }
    },
    close: () => database.close(),
  };
}

/** A lock that lives as long as this process: the exclusive transaction on `file` is released by the system when the process ends. */
export interface FileLock {
  release(): void;
}

/** Undefined where another process holds it. */
export function takeLock(file: string): FileLock | undefined {
  try {
    return attempt(file, () => {
      const database = new DatabaseSync(file, { timeout: 0 });
      try {
        database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      } catch (error) {
        database.close();
        throw error;
      }
      return { release: () => database.close() };
    });
  } catch (error) {
    if (error instanceof StoreError && error.code === 'locked') return undefined;
    throw error;
  }
}

// Result codes of SQLite, https://www.sqlite.org/rescode.html
const failures: Readonly<Record<number, [code: StoreFailure, text: string]>> = {
  5: ['locked', 'is locked by another process'],
  6: ['locked', 'is locked by another process'],
  8: ['unwritable', 'cannot be written: check its permissions'],
  10: ['failed', 'cannot be read or written: the disk reports an error'],
  11: ['corrupt', 'is damaged: move it away (runs so far are lost), or restore a copy'],
  13: ['full', 'cannot grow: the disk is full'],
  14: ['unwritable', 'cannot be opened: check the permissions of its folder'],
  26: ['corrupt', 'is not a database: move it away, or restore a copy'],
};

function attempt<T>(file: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    const number = (cause as { errcode?: unknown }).errcode;
    if (typeof number !== 'number') throw cause;
    const [code, text] = failures[number & 0xff] ?? ['failed', `failed: ${(cause as Error).message}`];
    throw new StoreError(code, `The database ${file} ${text}.`, { cause });
  }
}
