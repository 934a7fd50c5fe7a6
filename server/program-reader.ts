// The seam to the loader for programs: documents whose workflow is what they make when they are run. The Node entry gives it in.
import type { Analysis } from '../core/analysis.ts';

export interface ProgramText {
  readonly uri: string;
  readonly text: string;
  /** URI of the editor's folder that holds the document; undefined where none does. */
  readonly folder: string | undefined;
}

export interface ProgramReading {
  /** Of the first workflow, with the findings of all; where there is none, what was known before with what stands in the way. */
  readonly analysis: Analysis;
  /** Whether the program made a workflow. */
  readonly isWhole: boolean;
  /** Files whose change asks for another reading, as the reader names them. */
  readonly dependencies: readonly string[];
  /** What the program wrote to its console. */
  readonly log: readonly string[];
  /** Moves the places along to a later text of the document. */
  follow(text: string): void;
}

export interface ProgramReader {
  /** Runs the program, confined. `before`: what stays known where that is not possible. Undefined where `signal` ended it. */
  read(program: ProgramText, before: Analysis | undefined, signal: AbortSignal): Promise<ProgramReading | undefined>;
  /** Runs nothing: mistakes of syntax alone. */
  check(program: ProgramText): ProgramReading;
  /** Calls back when one of these files changes, until it is disposed of. */
  watch(files: readonly string[], changed: () => void): { dispose(): void };
  dispose(): void;
}
