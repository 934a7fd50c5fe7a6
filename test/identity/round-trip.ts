// body → file → body, as an import and a release do it one after the other.
import assert from 'node:assert/strict';
import { emitBody, type JsonObject } from '../../core/ir/emit-body.ts';
import { emitFile } from '../../core/ir/emit-file.ts';
import { bindText } from '../rules/analyze.ts';
import { normalForm } from './normal-form.ts';
import { errorsOf } from './wire.ts';

export interface RoundTrip {
  readonly file: string;
  readonly body: JsonObject;
}

/** Of a body without errors; the file has none either. */
export function roundTrip(body: unknown): RoundTrip {
  const read = bindText(JSON.stringify(body), 'json');
  assert.deepEqual(errorsOf(read.diagnostics), [], 'the body has errors');
  const file = emitFile(read.workflow);
  const again = bindText(file);
  assert.deepEqual(errorsOf(again.diagnostics), [], `the file has errors:\n${file}`);
  return { file, body: emitBody(again.bound) };
}

/** The body comes back as it was, both in normal form; the file is returned. */
export function assertIdentity(body: unknown): string {
  const { file, body: back } = roundTrip(body);
  assert.deepEqual(normalForm(back), normalForm(body), file);
  return file;
}
