// A request body -> what the language says of it: the same reading, binding and checking as in the editor.
import type { WorkflowBody } from '../core/api/service.ts';
import { lower } from '../core/ir/lower.ts';
import { bind } from '../core/refs/bind.ts';
import { check } from '../core/rules/check.ts';
import { parse } from '../core/syntax/parse.ts';
import { spanOf } from '../core/text/origin.ts';
import type { ReadBody } from './definitions.ts';

export function readBody(body: WorkflowBody): ReadBody {
  const { tree, findings } = parse(JSON.stringify(body), 'json');
  const lowered = lower(tree, 'body');
  const errors = [...findings, ...lowered.findings, ...check(lowered.workflow, bind(lowered.workflow))]
    .filter(({ severity }) => severity === 'error')
    .sort((a, b) => spanOf(a.origin).start - spanOf(b.origin).start);
  return { workflow: lowered.workflow, errors: errors.map(({ code, message }) => `${code}: ${message.en}`) };
}
