// What the loader and the confined process say to each other: one line of JSON each, over stdin and stdout.
// First the SDK, so that a process can be warm before there is a program, which it tells by the line `ready`; then one program; then one
// answer, and the process ends.
import type { WrittenWorkflow } from '../../../sdk/written.ts';

/** The process waits for its program. */
export const ready = 'ready';

export interface ModuleCode {
  /** Also what stack traces call it. */
  readonly path: string;
  /** JavaScript; of a JSON file its text. */
  readonly code: string;
  readonly json?: boolean;
  /** Specifiers of its imports -> paths of modules; `weft` and allowed modules of Node are themselves. */
  readonly imports: Readonly<Record<string, string>>;
}

/** The SDK's modules; the first one is `sdk/runtime.ts`. */
export interface WarmUp {
  readonly modules: readonly ModuleCode[];
}

/** The author's modules; the first one is the document. */
export interface Program {
  readonly modules: readonly ModuleCode[];
}

export type Answer =
  | { readonly kind: 'done'; readonly workflows: readonly WrittenWorkflow[]; readonly log: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly log: readonly string[];
    }
  /** The program waits for something that never comes. */
  | { readonly kind: 'unsettled' };
