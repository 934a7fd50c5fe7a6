// A request body -> what the language says of it: the same analysis as in the editor.
import { analyze } from '../core/analysis.ts';
import type { WorkflowBody } from '../core/api/service.ts';
import type { ReadBody } from './definitions.ts';

export function readBody(body: WorkflowBody): ReadBody {
  const { workflow, diagnostics } = analyze(JSON.stringify(body), 'body');
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return { workflow, errors: errors.map(({ code, message }) => `${code}: ${message.en}`) };
}
