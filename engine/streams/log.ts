// Reading the log of one attempt of a step while it grows. Bytes are the file's own; a line ends with \n (a \r before it is not part of it).
// L1. A line has an index from 0 and never changes once complete; whoever reads on from `first + lines.length` sees each line once.
// L2. Memory is bounded by the window asked for, not by the log.

export interface LogSize {
  readonly bytes: number;
  /** Complete lines; when `ended`, a last line without line end counts. */
  readonly lines: number;
  readonly ended: boolean;
}

export interface LogWindow {
  readonly first: number;
  readonly lines: readonly string[];
  /** Arrival times, milliseconds since the epoch, one per line, to the resolution of the tail. */
  readonly times?: readonly number[];
}

export interface LogQuery {
  readonly text: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  /** First line to look at. */
  readonly from: number;
  /** Largest number of matches. */
  readonly limit: number;
}

export interface LogMatches {
  readonly lines: readonly number[];
  /** Lines before this one were looked at: a search may go on from here. */
  readonly searched: number;
  readonly truncated: boolean;
}

export interface LogReader {
  size(): Promise<LogSize>;
  lines(first: number, count: number): Promise<LogWindow>;
  /** What follows the last line end so far, as shown (a progress bar's last state); empty when ended. Not a line: it may change. */
  partial(): Promise<string>;
  bytes(offset: number, limit: number): Promise<Uint8Array>;
  /** Resolves once there is more than `seen` (more bytes, more lines, or ended), or after `timeoutMs`, or on abort; never rejects for these. */
  waitFor(seen: { readonly bytes?: number; readonly lines?: number }, timeoutMs: number, signal: AbortSignal): Promise<LogSize>;
  /** Rejects with a SyntaxError for a pattern that is none. */
  search(query: LogQuery, signal: AbortSignal): Promise<LogMatches>;
}

export interface Logs {
  /** The reader of the folder of an attempt; the same one while it is open. A missing log reads as empty. */
  open(folder: string): LogReader;
  close(): Promise<void>;
}
