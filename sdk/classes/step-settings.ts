// The settings of steps in the SDK for Python: objects by the names of their classes.
import type * as settings from '../generated/settings.ts';
import type { Free } from './data.ts';
import { record } from './sdk-class.ts';

type Given<T, K extends keyof T> = NonNullable<T[K]>;
type One<T> = T extends readonly (infer Item)[] ? Item : T;
type Objects<T> = Exclude<Extract<One<T>, object>, { readonly is: string }>;

type JobSpec = Given<settings.JobSettings, 'spec'>;
type ImportDataInfo = Given<settings.DatasetImportSettings, 'properties'>;
type DatasetProperties = Given<settings.CreateDatasetSettings, 'properties'>;
type AnnotationFormat = Objects<Given<ImportDataInfo, 'annotation_format_config'>>;

export const settingsClasses = {
  StepPolicy: record<settings.StepPolicy>(),

  DatasetProperties: record<DatasetProperties>(),
  ImportConfig: record<Given<DatasetProperties, 'import_config'>>(),
  /** A column of a table. */
  SchemaField: record<settings.Column>(),
  LabelTaskProperties: record<Given<settings.LabelingSettings, 'properties'>>(),
  Label: record<settings.Label>(),
  ImportDataInfo: record<ImportDataInfo>(),
  AnnotationFormatConfig: record<AnnotationFormat>(),
  AnnotationFormatParameters: record<Given<AnnotationFormat, 'parameters'>>(),
  LabelFormat: record<Free>(),

  JobMetadata: record<Given<settings.JobSettings, 'metadata'>>(),
  JobSpec: record<JobSpec>(),
  JobResource: record<Given<JobSpec, 'resource'>>(),
  JobEngine: record<Given<settings.Algorithm, 'engine'>>(),
  LogExportPath: record<Objects<Given<JobSpec, 'log_export_path'>>>(),
  SchedulePolicy: record<Given<JobSpec, 'schedule_policy'>>(),
  Volume: record<settings.Volume>(),
  NFS: record<Given<settings.Volume, 'nfs'>>(),

  ModelConfig: record<settings.ModelOutput>(),
  Template: record<Given<settings.ModelOutput, 'template'>>(),
  TemplateInputs: record<Objects<Given<settings.ModelOutput, 'template'>['template_inputs']>>(),
  ServiceConfig: record<settings.ServiceOutput>(),
} as const;
