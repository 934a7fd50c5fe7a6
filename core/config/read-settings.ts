// Text of a settings file -> tree, with what the syntax and its schema find wrong.
import { checkPart } from '../ir/check.ts';
import { readPart, startOf } from '../ir/read-file.ts';
import type { ObjectShape } from '../schema/descriptor.ts';
import { parse } from '../syntax/parse.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';

export interface Settings {
  readonly tree: SyntaxNode | undefined;
  readonly findings: readonly Diagnostic[];
}

/** An empty file has no settings, and that is fine. */
export function readSettings(text: string, shape: ObjectShape): Settings {
  const { tree, findings } = parse(text);
  const found = [...findings];
  if (tree) {
    const at = startOf(tree.origin);
    checkPart({ form: 'file', findings: found }, readPart({ findings: found, inline: [] }, tree, shape, at), shape, at);
  }
  return { tree, findings: found };
}
