// Parameters, storages and data: declared by one call each, used by their objects.
import type { DataSettings, ParameterSettings, StorageSettings } from './generated/settings.ts';
import { implied, keep, type Member, madeOf, makeThing, membersOf } from './made.ts';
import type { Data, DataKind, JoinMembers, Json, Parameter, ParameterType, StorageFlags, StoragePath } from './references.ts';
import type { ArgumentPath } from './written.ts';

/** What a value of each type of parameter is. */
export interface ParameterValues {
  readonly int: number;
  readonly str: string;
  readonly bool: boolean;
  readonly float: number;
  readonly enum: Json;
  readonly json: Json;
  readonly list: readonly Json[];
}

type SettingsOf<T extends ParameterType> = Omit<ParameterSettings, 'type' | 'default' | 'value' | 'enum' | 'items'> & {
  /** What a run takes when nothing is given. */
  readonly default?: ParameterValues[T];
  readonly value?: ParameterValues[T];
};

export interface ParameterFactories {
  int(name: string, settings?: SettingsOf<'int'>): Parameter<'int'>;
  str(name: string, settings?: SettingsOf<'str'>): Parameter<'str'>;
  bool(name: string, settings?: SettingsOf<'bool'>): Parameter<'bool'>;
  float(name: string, settings?: SettingsOf<'float'>): Parameter<'float'>;
  /** A choice: `wf.param.enum('schedule', ['cosine', 'constant'], { default: 'cosine' })`. */
  enum<const V extends string | number>(
    name: string,
    values: readonly V[],
    settings?: Omit<SettingsOf<'enum'>, 'default' | 'value'> & { readonly default?: NoInfer<V>; readonly value?: NoInfer<V> },
  ): Parameter<'enum'>;
  /** An object, such as `{ flavor_id: '...' }` for the formats `flavor` and `train_flavor`. */
  json(name: string, settings?: SettingsOf<'json'>): Parameter<'json'>;
  /** `format` says what the items are: `str`, `int`, `float` or `bool`. */
  list(name: string, settings: SettingsOf<'list'>): Parameter<'list'>;
}

export const param: ParameterFactories = {
  int: (name, settings) => parameter('int', name, membersOf(settings, [1])),
  str: (name, settings) => parameter('str', name, membersOf(settings, [1])),
  bool: (name, settings) => parameter('bool', name, membersOf(settings, [1])),
  float: (name, settings) => parameter('float', name, membersOf(settings, [1])),
  enum: (name, values, settings) =>
    parameter('enum', name, [{ key: 'enum', value: values, from: [1] }, ...membersOf(settings, [2])]),
  json: (name, settings) => parameter('json', name, membersOf(settings, [1])),
  list: (name, settings) => parameter('list', name, membersOf(settings, [1])),
};

function parameter<T extends ParameterType>(type: T, name: string, members: readonly Member[]): Parameter<T> {
  return makeParameter(type, name, [0], [implied('type', type), ...members]);
}

/** `members`: the type among them. */
export function makeParameter<T extends ParameterType>(
  type: T,
  name: string,
  nameFrom: ArgumentPath,
  members: readonly Member[],
): Parameter<T> {
  return keep({ is: 'parameter', type, name }, makeThing('parameter', name, nameFrom, members));
}

export interface StorageFactories {
  /** A folder of the object storage that the person who runs the workflow can choose. */
  (name: string, settings?: StorageSettings): StoragePath;
  /** Where data is read from: nothing is created. */
  input(name: string, settings?: StorageSettings): StoragePath;
  /** Where results go: created, with a folder of its own for every run. */
  output(name: string, settings?: StorageSettings): StoragePath;
}

export const storage: StorageFactories = Object.assign(
  (name: string, settings?: StorageSettings) => declareStorage(name, [0], membersOf(settings, [1])),
  {
    input: (name: string, settings?: StorageSettings) =>
      declareStorage(name, [0], [implied('kind', 'input'), ...membersOf(settings, [1])]),
    output: (name: string, settings?: StorageSettings) =>
      declareStorage(name, [0], [implied('kind', 'output'), ...membersOf(settings, [1])]),
  },
);

export function declareStorage(name: string, nameFrom: ArgumentPath, members: readonly Member[]): StoragePath {
  const root: StoragePath = {
    is: 'storage',
    name,
    join: (first: string | JoinMembers, flags?: StorageFlags) => joined(root, root, first, flags),
  };
  return keep(root, makeThing('storage', name, nameFrom, members));
}

/** By position, or by the names of the SDK for Python. */
function joined(root: StoragePath, from: StoragePath, first: string | JoinMembers, flags?: StorageFlags): StoragePath {
  return typeof first === 'object' ? below(root, from, first.directory, first) : below(root, from, first, flags);
}

/** A path below a path. A leading `/` does not double; a flag that is not given stays what it was. */
function below(root: StoragePath, from: StoragePath, directory: string, flags: StorageFlags = {}): StoragePath {
  const before = madeOf(from);
  const start = before?.kind === 'path' ? before : undefined;
  const path: StoragePath = {
    is: 'storage',
    name: root.name,
    join: (first: string | JoinMembers, given?: StorageFlags) => joined(root, path, first, given),
  };
  return keep(path, {
    kind: 'path',
    storage: root,
    path: `${(start?.path ?? '').replace(/\/$/, '')}/${String(directory).replace(/^\//, '')}`,
    createDir: flags.create_dir ?? start?.createDir,
    withExecutionId: flags.with_execution_id ?? start?.withExecutionId,
  });
}

type DataFactory<K extends keyof DataSettings & DataKind> = (name: string, settings?: Omit<DataSettings[K], 'type'>) => Data<K>;

/** Data with a `value` is fixed; without one it is asked for, and `default` is what is proposed. */
export interface DataFactories {
  readonly dataset: DataFactory<'dataset'>;
  readonly labelTask: DataFactory<'label_task'>;
  /** A file or folder of the object storage. */
  readonly obs: DataFactory<'obs'>;
  /** A container image. */
  readonly swr: DataFactory<'swr'>;
  /** The same under the name that request bodies have for it too. */
  readonly image: DataFactory<'image'>;
  /** A subscribed model of the gallery. */
  readonly model: DataFactory<'model'>;
  /** A running service, to be updated. */
  readonly service: DataFactory<'service'>;
  /** The models to deploy; asked for when the step is reached, unless `delay` is false. */
  readonly modelList: DataFactory<'model_list'>;
  /** The user picks a path or a dataset; for jobs only. */
  readonly selector: DataFactory<'data_selector'>;
}

export const dataFactories: DataFactories = {
  dataset: (name, settings) => declareData('dataset', name, [0], membersOf(settings, [1])),
  labelTask: (name, settings) => declareData('label_task', name, [0], membersOf(settings, [1])),
  obs: (name, settings) => declareData('obs', name, [0], membersOf(settings, [1])),
  swr: (name, settings) => declareData('swr', name, [0], membersOf(settings, [1])),
  image: (name, settings) => declareData('image', name, [0], membersOf(settings, [1])),
  model: (name, settings) => declareData('model', name, [0], membersOf(settings, [1])),
  service: (name, settings) => declareData('service', name, [0], membersOf(settings, [1])),
  modelList: (name, settings) => declareData('model_list', name, [0], membersOf(settings, [1])),
  selector: (name, settings) => declareData('data_selector', name, [0], membersOf(settings, [1])),
};

export function declareData<K extends DataKind>(
  type: K,
  name: string,
  nameFrom: ArgumentPath,
  members: readonly Member[],
): Data<K> {
  return keep({ is: 'data', type, name }, makeThing('data', name, nameFrom, [implied('type', type), ...members]));
}
