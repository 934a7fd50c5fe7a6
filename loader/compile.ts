// A workflow source -> the create-workflow body for an engine. Local paths become what that engine reads: `file://` URIs for one on
// this machine (used in place); `${staging}/...` stays visible until a release uploads the code. Source: language.md part 4, design part 1.
import { dirname } from 'node:path';
import type { WorkflowBody } from '../core/api/service.ts';
import type { EngineConfig } from '../core/config/config.ts';
import type { GivenValues } from '../core/config/values-file.ts';
import { emitBody } from '../core/ir/emit-body.ts';
import { lower } from '../core/ir/lower.ts';
import { makePlan, missingBeforeRun } from '../core/plan/plan.ts';
import { collectValues } from '../core/plan/values.ts';
import type { Need } from '../core/run/events.ts';
import { parse } from '../core/syntax/parse.ts';
import type { WorkflowSource } from './source.ts';
import { uriOf } from './values-paths.ts';

/** `configFolder`: kept in the body with the file's path, so that engine and views find the text again. */
export function compileBody(read: WorkflowSource, engine: EngineConfig, configFolder: string): WorkflowBody {
  const folder = dirname(read.file);
  const paths = (written: string) => (engine.kind === 'local' ? uriOf(written, folder) : stagedPath(written));
  const body = read.form === 'body' ? (JSON.parse(read.source.text) as WorkflowBody) : emitBody(read.bound, { paths });
  if (engine.kind !== 'local') return body;
  const extend = (body['extend'] ?? {}) as WorkflowBody;
  return { ...body, extend: { ...extend, weft: { source: read.file, config: configFolder } } };
}

export interface RunValuesCheck {
  /** What the run has to be given and is not. */
  readonly missing: readonly Need[];
  /** What is given and does not fit, one sentence each. */
  readonly problems: readonly string[];
}

/** Values held against what a run of these steps (all when absent) asks for. */
export function checkValues(body: WorkflowBody, values: GivenValues, steps?: readonly string[]): RunValuesCheck {
  const { workflow } = lower(parse(JSON.stringify(body), 'json').tree, 'body');
  const storages = values.storages.map(({ name, value }) => ({ name, path: String(value) }));
  const planned = makePlan(workflow, { storages, ...(steps && { steps }) });
  if (planned.kind === 'problems') return { missing: [], problems: planned.problems.map(({ message }) => message) };
  const collected = collectValues(workflow, { parameters: values.parameters, data: values.data });
  const problems = collected.problems.map(({ message }) => message);
  return { missing: missingBeforeRun(planned.plan, { values: collected.values }), problems };
}

function stagedPath(written: string): string {
  return `\${staging}/${written.replace(/^(?:\.{1,2}\/)+/, '')}`;
}
