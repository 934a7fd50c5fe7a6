// Request bodies in tests: what a file is emitted as, and whether the published OpenAPI file takes a body.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { type EmitOptions, emitBody, type JsonObject } from '../../core/ir/emit-body.ts';
import type { Analysis } from '../../core/analysis.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import { bindText } from '../rules/analyze.ts';

const ajv = new Ajv({ strict: false });
(formats as unknown as (instance: Ajv) => void)(ajv);
const openApi = new URL('../../schemas/modelarts-workflow.openapi.json', import.meta.url);
ajv.addSchema(JSON.parse(readFileSync(openApi, 'utf8')), 'modelarts');
const isWorkflowParam = ajv.getSchema('modelarts#/components/schemas/WorkflowParam')!;

/** Of a file that must have no errors. */
export function bodyOf(text: string, options?: EmitOptions): JsonObject {
  const { bound, diagnostics } = bindText(text);
  assert.deepEqual(errorsOf(diagnostics), []);
  return emitBody(bound, options);
}

/** The body as the engine reads it; it must have no errors. */
export function readBody(body: unknown): Analysis {
  const analyzed = bindText(JSON.stringify(body), 'json');
  assert.deepEqual(errorsOf(analyzed.diagnostics), []);
  return analyzed;
}

export function assertWorkflowParam(body: unknown): void {
  assert.ok(isWorkflowParam(body), ajv.errorsText(isWorkflowParam.errors, { separator: '\n' }));
}

export function errorsOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message.en}`);
}
