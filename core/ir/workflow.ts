// The workflow as it is meant, whatever it was written in: a YAML file, a request body, TypeScript or Python.
// Skeleton (names, collections, slots, conditions) is typed here; settings are `MapValue`s whose keys are the file's
// member names and whose meaning the schemas state. Partial on broken text: what could not be read is absent, not guessed.
import type { StepType } from '../steps/step-types.ts';
import type { Origin } from '../text/origin.ts';

/** A name with the place where it is written. */
export interface Name {
  readonly text: string;
  readonly origin: Origin;
  /** An entry of a list without a `name`: the text is empty, the origin the start of the entry. */
  readonly missing?: true;
}

export interface Workflow {
  readonly kind: 'workflow';
  readonly origin: Origin;
  readonly name: Name | undefined;
  /** description, labels, workspace_id, policy (use_scene, scene_id), gallery, schedule, notifications, x-body ... */
  readonly fields: MapValue;
  readonly storages: readonly Declaration[];
  readonly parameters: readonly Declaration[];
  readonly data: readonly Declaration[];
  readonly steps: readonly Step[];
  readonly scenes: readonly Scene[];
  readonly subGraphs: readonly Scene[];
}

/**
 * Something else stands where settings belong (`training: 5`), which is a finding of its own: nothing can be said of what is missing.
 * Members of a step or workflow that could not be read (`outputs: 5`) stand among its fields instead.
 */
export type Unread = true;

/** An entry of `storages`, `parameters` or `data`. */
export interface Declaration {
  readonly kind: 'storage' | 'parameter' | 'data';
  readonly name: Name;
  /** From the name to the end of its value. */
  readonly origin: Origin;
  /** type, default, value, enum, format ... by the schema of the kind. */
  readonly fields: MapValue;
  /** Data only: fixed (wire `data[]`) or asked for (wire `data_requirements[]`). */
  readonly section?: 'data' | 'data_requirements';
  /** A parameter that is declared where it is used: `{ parameter: batch_size, type: int, default: 64 }`. */
  readonly inline?: boolean;
  readonly unread?: Unread;
}

/** A named list of steps: a scene, or a sub-graph. */
export interface Scene {
  readonly name: Name;
  readonly origin: Origin;
  readonly id?: string;
  readonly steps: readonly Name[];
  /** `x-body`: members of the wire that the language does not know, verbatim. */
  readonly body?: MapValue;
  /** Also where one of its steps is no name. */
  readonly unread?: Unread;
}

export interface Step {
  readonly kind: 'step';
  readonly name: Name;
  /** From the name to the end of its value. */
  readonly origin: Origin;
  /** Undefined when missing or unknown; then `typeName` has what was written. */
  readonly type: StepType | undefined;
  readonly typeName: Name | undefined;
  readonly title: string | undefined;
  /** The exact list where one is written (`[]` = none); undefined where it is to be derived. */
  readonly dependSteps: readonly Name[] | undefined;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  /** Condition steps only. ANDed. */
  readonly conditions: readonly Condition[];
  readonly ifThenSteps: readonly Name[];
  readonly elseThenSteps: readonly Name[];
  /** `policy.skip_conditions`. ANDed; true skips the step. */
  readonly skipConditions: readonly Condition[];
  /** Everything else by the file's member names: description, policy (times), algorithm, spec, properties, x-body ... */
  readonly fields: MapValue;
  readonly unread?: Unread;
}

export interface Input {
  readonly kind: 'input';
  readonly name: Name;
  readonly origin: Origin;
  /** The kind of data as the body says it; undefined in files, where it follows from the data. */
  readonly type: string | undefined;
  readonly data: Value | undefined;
  /** `x-body`: members of the wire that the language does not know, verbatim. */
  readonly body?: MapValue;
}

export interface Output {
  readonly kind: 'output';
  readonly name: Name;
  readonly origin: Origin;
  readonly type: string | undefined;
  /** The flat settings of the output. */
  readonly fields: MapValue;
  readonly unread?: Unread;
}

// ---- values

export type Value = ScalarValue | ListValue | MapValue | ReferenceValue | SelectValue;

export interface ScalarValue {
  readonly kind: 'scalar';
  readonly origin: Origin;
  /** The source text after unescaping. */
  readonly text: string;
  /** Typed by the schema where it names a type, else by the YAML core schema. */
  readonly value: string | number | boolean | null;
  readonly quoted: boolean;
}

export interface ListValue {
  readonly kind: 'list';
  readonly origin: Origin;
  readonly items: readonly Value[];
}

/** Ordered; a JavaScript object never holds names. */
export interface MapValue {
  readonly kind: 'map';
  readonly origin: Origin;
  readonly entries: readonly Field[];
  readonly absent?: Absent;
}

/** Of a body: members that are not there but whose place is, in an object further in (`properties`, `config`): its key. */
export type Absent = ReadonlyMap<string, Origin>;

export interface Field {
  readonly name: Name;
  readonly value: Value;
}

/** `${{ ... }}` in a file, `$ref/...` in a body. */
export interface ReferenceValue {
  readonly kind: 'reference';
  /** The whole scalar. */
  readonly origin: Origin;
  readonly reference: Reference;
}

/** `{ select: [ref, ref] }`: the one source whose step ran. */
export interface SelectValue {
  readonly kind: 'select';
  readonly origin: Origin;
  readonly items: readonly Value[];
}

export type Reference = ParameterReference | DataReference | StorageReference | OutputReference;

export interface ParameterReference {
  readonly root: 'parameters';
  readonly name: Name;
}

export interface DataReference {
  readonly root: 'data';
  readonly name: Name;
  /** Which wire section a body named; undefined in files, where the declaration decides. */
  readonly section?: 'data' | 'data_requirements';
}

export interface StorageReference {
  readonly root: 'storages';
  readonly name: Name;
  /** Flags for this use only; undefined keeps the declaration's. */
  readonly createDir?: boolean;
  readonly withExecutionId?: boolean;
  /** What follows the storage, with its leading `/`; empty for the storage itself. */
  readonly path: string;
}

export interface OutputReference {
  readonly root: 'steps';
  readonly step: Name;
  readonly output: Name;
  /** A metric of a job's metrics output, or a variable of a service. */
  readonly key?: Name;
}

// ---- conditions

export type ConditionOperator = '==' | '!=' | '>' | '>=' | '<' | '<=' | 'in' | 'or';

/** One node of the service's condition tree. An operator that is not known is kept as written, for the rule that reports it. */
export interface Condition {
  readonly kind: 'condition';
  readonly origin: Origin;
  readonly operator: ConditionOperator | (string & {});
  readonly operatorOrigin: Origin;
  readonly left: Condition | Value | undefined;
  readonly right: Condition | Value | undefined;
}

// ---- reading

/** The last field of that name wins, as the schema's walk reports repeats. */
export function fieldOf(map: MapValue | undefined, name: string): Value | undefined {
  if (!map) return undefined;
  for (let index = map.entries.length - 1; index >= 0; index--) {
    if (map.entries[index]!.name.text === name) return map.entries[index]!.value;
  }
  return undefined;
}

/** Follows field names from a map down; undefined where one is missing or not a map. */
export function valueAt(map: MapValue | undefined, ...path: readonly string[]): Value | undefined {
  let value: Value | undefined = map;
  for (const name of path) value = value?.kind === 'map' ? fieldOf(value, name) : undefined;
  return value;
}

/** The text of a scalar field; undefined where it is absent, a reference or not a scalar. */
export function textAt(map: MapValue | undefined, ...path: readonly string[]): string | undefined {
  const value = valueAt(map, ...path);
  return value?.kind === 'scalar' ? value.text : undefined;
}
