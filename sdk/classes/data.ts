// The names of `wf.data` in the SDK for Python: data given and asked for, storages, settings of outputs.
import { declareData, declareStorage } from '../declare.ts';
import type { DataSettings, JobOutput, ModelOutput, ReleaseDatasetOutput, StorageSettings } from '../generated/settings.ts';
import type * as settings from '../generated/settings.ts';
import { implied } from '../made.ts';
import type { Data, DataKind, Output, Select, StoragePath } from '../references.ts';
import { selectFrom } from '../select.ts';
import { DatasetTypeEnum, DataTypeEnum, LabelTaskTypeEnum } from './enums.ts';
import { namedMembers, record, type SdkClass, sdkClass } from './sdk-class.ts';

export interface Named {
  readonly name: string;
}

/** Classes without documented members take any. */
export interface Free {
  readonly [name: string]: unknown;
}

export type PlaceholderClass<K extends keyof DataSettings & DataKind> = SdkClass<
  Named & Omit<DataSettings[K], 'value' | 'constraints'>,
  Data<K>
>;

function placeholder<K extends keyof DataSettings & DataKind>(kind: K): PlaceholderClass<K> {
  const make = (members: Named) => declareData(kind, members?.name, [0, 'name'], namedMembers(members, {}, ['name']));
  return sdkClass(make) as unknown as PlaceholderClass<K>;
}

export type StorageClass = SdkClass<Named & Omit<StorageSettings, 'kind'>, StoragePath>;

function storageClass(kind?: 'input' | 'output'): StorageClass {
  return sdkClass((members: Named & StorageSettings) => {
    const own = namedMembers(members, {}, ['name']);
    return declareStorage(members?.name, [0, 'name'], kind ? [implied('kind', kind), ...own] : own);
  }) as StorageClass;
}

export type SelectorClass = {
  new <K extends DataKind>(members: { readonly data_list: readonly (Output<K> | Data<K>)[] }): Select<K>;
  <K extends DataKind>(members: { readonly data_list: readonly (Output<K> | Data<K>)[] }): Select<K>;
};

function selector(members: { readonly data_list: readonly (Output | Data)[] }): Select {
  const sources = [...(members?.data_list ?? [])];
  return selectFrom(
    sources,
    sources.map((_, index) => [0, 'data_list', index]),
  );
}

/** Where an output is written, and the older way to name a file of metrics. */
export type OBSOutputConfig = Pick<JobOutput, 'metric_file'> & Required<Pick<JobOutput, 'obs_path'>>;

/** Files of metrics that the job's own code writes. */
export type MetricsConfig = Pick<JobOutput, 'realtime_visualization' | 'visualization'> &
  Required<Pick<JobOutput, 'metric_files'>>;

/** A file that says how a service of somebody else is called. */
export type TripartiteServiceConfig = Required<Pick<JobOutput, 'config_file'>>;

export type ModelConfig = ModelOutput;

export const dataClasses = {
  /** A dataset that exists. */
  Dataset: record<settings.Dataset>(),
  /** A labelling task that exists. */
  LabelTask: record<settings.LabellingTask>(),
  /** A path of the object storage that exists. */
  OBSPath: record<Pick<settings.Path, 'obs_path'>>(),
  /** A running service, to be updated. */
  ServiceData: record<settings.Service>(),
  /** A container image. */
  SWRImage: record<settings.Image>(),
  /** A subscribed model. */
  GalleryModel: record<settings.GalleryModel>(),
  ModelData: record<Free>(),

  /** A dataset that is asked for. */
  DatasetPlaceholder: placeholder('dataset'),
  LabelTaskPlaceholder: placeholder('label_task'),
  OBSPlaceholder: placeholder('obs'),
  SWRImagePlaceholder: placeholder('swr'),
  /** The models to deploy; asked for when the step is reached, unless `delay` is false. */
  ServiceInputPlaceholder: placeholder('model_list'),
  ServiceUpdatePlaceholder: placeholder('service'),
  /** The user picks a path or a dataset; for jobs only. */
  DataSelector: placeholder('data_selector'),
  /** The one output whose step ran. */
  DataConsumptionSelector: sdkClass(selector) as SelectorClass,

  Storage: storageClass(),
  /** Where data is read from: nothing is created. */
  InputStorage: storageClass('input'),
  /** Where results go: created, with a folder of its own for every run. */
  OutputStorage: storageClass('output'),

  OBSOutputConfig: record<OBSOutputConfig>(),
  MetricsConfig: record<MetricsConfig>(),
  DatasetVersionConfig: record<ReleaseDatasetOutput>(),
  TripartiteServiceConfig: record<TripartiteServiceConfig>(),
  LabelTaskConfig: record<Free>(),

  DatasetTypeEnum,
  DataTypeEnum,
  LabelTaskTypeEnum,
  /** An example of the guide calls it so. */
  LabelTypeEnum: LabelTaskTypeEnum,
} as const;
