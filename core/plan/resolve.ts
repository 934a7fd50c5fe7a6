// A step with every reference replaced by its value: what a runner works from. Plain JSON data; names are the file's members.
import { type MapValue, textAt } from '../ir/workflow.ts';
import type { RunState } from '../run/reduce.ts';
import type { Plain, PlainMap } from './plain.ts';
import { dataDeclaration, type Plan, type PlanStep } from './plan.ts';
import { ResolveError, type Scope, scopeOf } from './scope.ts';
import { toDataValue } from './values.ts';

export type { Plain, PlainMap } from './plain.ts';

export interface ResolvedStep {
  readonly name: string;
  readonly title: string;
  readonly type: string;
  readonly inputs: readonly ResolvedInput[];
  readonly outputs: readonly ResolvedOutput[];
  /** All other members by the file's names: algorithm, spec, properties, policy, description ... */
  readonly settings: PlainMap;
  /** Folders that storages with `create_dir` ask for, as service paths (`/bucket/.../`). */
  readonly createFolders: readonly string[];
}

export interface ResolvedInput {
  readonly name: string;
  /** Kind of data: dataset, obs, label_task, swr, model, model_list, service, image ... Undefined where only the source says it. */
  readonly type: string | undefined;
  /** As a run's values have it: `{obs_url}`, `{dataset_name, version_name}`, `{model_list}`, the output of a step ... */
  readonly value: Plain;
  /** The step and output that it came from. */
  readonly from?: { readonly step: string; readonly output: string };
  /** What the declaration asks of the value: `model_name`, `model_version`, `envs` ... */
  readonly limits?: PlainMap;
}

export interface ResolvedOutput {
  readonly name: string;
  readonly type: string | undefined;
  /** The flat settings: `obs_path`, `metric_files`, `model_name` ... */
  readonly settings: PlainMap;
}

export type Resolution =
  | { readonly kind: 'resolved'; readonly step: ResolvedStep; readonly warnings: readonly string[] }
  | { readonly kind: 'failed'; readonly message: string };

/** Members that name a file: the storage's folder flag does not make a folder of them. */
const fileMembers: readonly string[] = ['metric_files', 'metric_file', 'boot_file', 'config_file'];

export function resolveStep(plan: Plan, step: PlanStep, state: RunState): Resolution {
  const scope = scopeOf(plan, state);
  try {
    const inputs = step.step.inputs.flatMap((input) => resolveInput(plan, input, scope));
    const outputs = step.step.outputs.map((output) => ({
      name: output.name.text,
      type: output.type,
      settings: resolveMap(output.fields, scope),
    }));
    const settings = resolveMap(step.step.fields, scope);
    const files = new Set([...outputs.map((output) => output.settings), settings].flatMap(filesIn));
    const createFolders = [...new Set(scope.folders)].filter((folder) => !files.has(folder));
    const { name, title, type } = step;
    return { kind: 'resolved', step: { name, title, type, inputs, outputs, settings, createFolders }, warnings: scope.warnings };
  } catch (error) {
    if (error instanceof ResolveError) return { kind: 'failed', message: error.message };
    throw error;
  }
}

function resolveInput(plan: Plan, input: PlanStep['step']['inputs'][number], scope: Scope): readonly ResolvedInput[] {
  if (!input.data) return [];
  const source = input.data.kind === 'select' ? scope.choose(input.data).chosen : input.data;
  const value = scope.resolve(input.data);
  if (value === undefined) return []; // an optional one that was not given
  const reference = source.kind === 'reference' ? source.reference : undefined;
  const declaration = reference?.root === 'data' ? dataDeclaration(plan.workflow, reference) : undefined;
  const declared = textAt(declaration?.fields, 'type');
  const limits = declaration && limitsOf(declaration.fields, scope);
  const from = reference?.root === 'steps' && { step: reference.step.text, output: reference.output.text };
  return [
    {
      name: input.name.text,
      type: input.type ?? declared,
      value: toDataValue(value),
      ...(from && { from }),
      ...(limits && { limits }),
    },
  ];
}

/** Members of a declaration that are neither its value nor about asking for it. */
const asking: readonly string[] = ['type', 'value', 'default', 'delay', 'required', 'title', 'description', 'used_steps'];

function limitsOf(fields: MapValue, scope: Scope): PlainMap | undefined {
  const entries = fields.entries.filter(({ name }) => !asking.includes(name.text));
  return entries.length === 0 ? undefined : (scope.resolve({ ...fields, entries }) as PlainMap);
}

function resolveMap(map: MapValue, scope: Scope): PlainMap {
  return scope.resolve(map) as PlainMap;
}

function filesIn(value: Plain | PlainMap): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    fileMembers.includes(name) ? [item].flat().filter((file) => typeof file === 'string') : filesIn(item),
  );
}
