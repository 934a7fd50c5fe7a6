// What authors hold of the things that a workflow declares and makes: objects to put wherever a value of that kind is expected.
// Types tell kinds apart, so that the compiler sees a path where a dataset belongs, or a metric of an output that has none.

export type ParameterType = 'int' | 'str' | 'bool' | 'float' | 'enum' | 'json' | 'list';

export type DataKind =
  | 'dataset'
  | 'label_task'
  | 'obs'
  | 'swr'
  | 'image'
  | 'model'
  | 'service'
  | 'model_list'
  | 'data_selector'
  | 'metrics';

/** A parameter of the workflow: `wf.param.int('epochs', { default: 24 })`. */
export interface Parameter<T extends ParameterType = ParameterType> {
  readonly is: 'parameter';
  readonly type: T;
  readonly name: string;
}

/** A storage, or a path below it. */
export interface StoragePath {
  readonly is: 'storage';
  readonly name: string;
  /** A folder or file below; flags that are given count for this use alone. */
  join(directory: string, flags?: StorageFlags): StoragePath;
  /** The same with named arguments, as in the SDK for Python. */
  join(members: JoinMembers): StoragePath;
}

export interface JoinMembers extends StorageFlags {
  readonly directory: string;
}

export interface StorageFlags {
  /** The service makes the folder before the run. */
  readonly create_dir?: boolean;
  /** The id of the run stands between the root and the path, so that runs do not mix. */
  readonly with_execution_id?: boolean;
}

/** Data of the workflow: `wf.data.obs('pictures', { object_type: 'directory' })`. */
export interface Data<K extends DataKind = DataKind> {
  readonly is: 'data';
  readonly type: K;
  readonly name: string;
}

/** An output of a step, to be read by another: `training.outputs.train_url`. */
export interface Output<K extends DataKind = DataKind> {
  readonly is: 'output';
  readonly type: K;
  /** The same; the SDK for Python asks for it. */
  as_input(): Output<K>;
}

/** A number of a metrics file: `training.outputs.metrics.accuracy`. For conditions only. */
export interface Metric {
  readonly is: 'metric';
}

/** A metrics output: its members are the metrics, by their keys in the file. */
export type MetricsOutput = Output<'metrics'> & {
  /** The metric of that key, for keys that are no names. */
  metric(key: string): Metric;
} & { readonly [key: string]: Metric };

/** What a running service tells: for `envs` of another step. */
export interface Variable {
  readonly is: 'variable';
}

export interface ServiceOutput extends Output<'service'> {
  /** The public address for predictions. */
  readonly access_address: Variable;
  /** The address inside of a dedicated pool. */
  readonly cluster_inner_access_address: Variable;
  get_output_variable(name: 'access_address' | 'cluster_inner_access_address'): Variable;
}

/** The one source whose step ran: `wf.select(a.outputs.x, b.outputs.x)`. */
export interface Select<K extends DataKind = DataKind> {
  readonly is: 'select';
  readonly type: K;
}

export interface Condition {
  readonly is: 'condition';
}

/** What stands on a side of a comparison. */
export type Operand = Metric | Parameter | Condition | number | string | boolean | readonly (number | string | boolean)[];

/** Conditions of a step: all must hold. A text is an expression as in a file: `'steps.a.outputs.m.accuracy > 0.9'`. */
export type Conditions = Condition | string | readonly (Condition | string)[];

/** A step; `O` are its outputs by their names. */
export interface Step<O = unknown> {
  readonly is: 'step';
  readonly name: string;
  readonly outputs: O;
}

/** A step, or its name. */
export type StepName = Step | string;

/** Any plain value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };
