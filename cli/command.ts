// What a command of `weft` is. One file per command in ./commands, listed once in ./commands/index.ts.
import type { Localized } from '../core/text/diagnostic.ts';

export interface Command {
  readonly name: string;
  /** How it is written, without `weft`. */
  readonly usage: string;
  readonly summary: Localized;
  readonly examples: readonly string[];
  /** Answers the exit code: 0 done, 1 the workflow or a run failed, 2 wrong usage or environment. */
  run(args: readonly string[], console: Console): Promise<number>;
}

/** Where a command writes, and what it may know of its surroundings. */
export interface Console {
  /** The result, one piece of text with its line ends. */
  out(text: string): void;
  /** Everything else: progress, warnings, errors. */
  err(text: string): void;
  readonly cwd: string;
  readonly colours: boolean;
  /** Somebody can be asked. */
  readonly interactive: boolean;
  readonly language: 'en' | 'zh';
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Wrong usage or environment: one message that names the thing, the place and the way out. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function say(console: Console, text: Localized): string {
  return text[console.language];
}
