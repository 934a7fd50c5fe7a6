// What the server asks of the environment that it runs in: Node or a browser.
import type { LayoutEngine } from '../layout/layout.ts';
import type { Compiler, EngineReader, Releaser } from './compiler.ts';
import type { ProgramReader } from './program-reader.ts';

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface ServerHost {
  readonly layout: LayoutEngine;
  /** Of the person, where the client does not say it. */
  readonly locale?: string;
  /** Undefined where documents cannot be compiled: in a browser. */
  readonly compile?: Compiler;
  /** Undefined as `compile`. */
  readonly release?: Releaser;
  /** Undefined as `compile`. */
  readonly engines?: EngineReader;
  /** Undefined as `compile`. */
  readonly programs?: ProgramReader;
  /** What is in a folder, by its URI; nothing where it cannot be read. Undefined where there are no files: in a browser. */
  readonly listFolder?: (uri: string) => Promise<readonly FolderEntry[]>;
}
