// What the server asks of the environment that it runs in: Node or a browser.
import type { LayoutEngine } from '../layout/layout.ts';
import type { Compiler } from './compiler.ts';

export interface ServerHost {
  readonly layout: LayoutEngine;
  /** Undefined where documents cannot be compiled: in a browser. */
  readonly compile?: Compiler;
}
