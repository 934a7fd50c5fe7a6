// The steps of the SDK for Python with their inputs and outputs. As with the factories, the compiler knows the outputs of a step by name.
import type * as settings from '../generated/settings.ts';
import { madeOf, type Member } from '../made.ts';
import type { MetricsOutput, Output, ServiceOutput, Step, StepName } from '../references.ts';
import { makeStep } from '../steps.ts';
import type { MetricsConfig, ModelConfig, OBSOutputConfig, TripartiteServiceConfig } from './data.ts';
import { flat, listOf, namedMembers, record, type SdkClass, sdkClass } from './sdk-class.ts';

// ---- inputs and outputs

/** What an input reads, under the name by which the step knows it. */
export interface InputOf<T> {
  readonly name: string;
  readonly data: T;
}

/** An output of a step by its name. */
export interface OutputOf<Name extends string = string, Read = unknown> {
  readonly name: Name;
  /** For the compiler alone: what others read. */
  readonly reads?: Read;
}

export type InputClass<T> = SdkClass<InputOf<T>>;

export interface OutputClass<Members, Read> {
  new <const Name extends string>(members: Members & { readonly name: Name }): OutputOf<Name, Read>;
  <const Name extends string>(members: Members & { readonly name: Name }): OutputOf<Name, Read>;
}

export interface JobOutputMembers<Name extends string, Metrics, Model> {
  readonly name: Name;
  readonly obs_config?: OBSOutputConfig;
  readonly metrics_config?: Metrics;
  readonly model_config?: Model;
  readonly service_config?: TripartiteServiceConfig;
}

export type JobReads<Metrics, Model> = Metrics extends object
  ? MetricsOutput
  : Model extends object
    ? Output<'model'>
    : Output<'obs'>;

export interface JobOutputClass {
  new <
    const Name extends string,
    Metrics extends MetricsConfig | undefined = undefined,
    Model extends ModelConfig | undefined = undefined,
  >(
    members: JobOutputMembers<Name, Metrics, Model>,
  ): OutputOf<Name, JobReads<Metrics, Model>>;
  <
    const Name extends string,
    Metrics extends MetricsConfig | undefined = undefined,
    Model extends ModelConfig | undefined = undefined,
  >(
    members: JobOutputMembers<Name, Metrics, Model>,
  ): OutputOf<Name, JobReads<Metrics, Model>>;
}

function input<T>(): InputClass<T> {
  return record<InputOf<T>>() as InputClass<T>;
}

function output<Members, Read>(...wrappers: readonly string[]): OutputClass<Members, Read> {
  return flat<object>(wrappers) as unknown as OutputClass<Members, Read>;
}

// ---- steps

export type OneOrMore<T> = T | readonly T[];
export type OutputList = OneOrMore<OutputOf>;
export type Items<O> = O extends readonly (infer T)[] ? T : O;

/** The outputs of a step by their names. */
export type OutputsOf<O> = {
  readonly [D in Items<O> as D extends OutputOf<infer Name> ? Name : never]: D extends { readonly reads?: infer Read }
    ? NonNullable<Read>
    : never;
};

export type Common<Settings> = Omit<Settings, 'inputs'> & { readonly name: string };

export interface StepClass<Members, Input> {
  new <const O extends OutputList = readonly []>(members: StepMembers<Members, Input, O>): Step<OutputsOf<O>>;
  <const O extends OutputList = readonly []>(members: StepMembers<Members, Input, O>): Step<OutputsOf<O>>;
}

export type StepMembers<Members, Input, O> = Common<Members> & {
  readonly inputs?: OneOrMore<InputOf<Input>>;
  readonly outputs?: O;
};

function stepClass<Members, Input>(type: string): StepClass<Members, Input> {
  const make = (members: { readonly name: string }) => {
    const own = namedMembers(members, {}, ['name']).map(asList);
    return makeStep(type, members?.name, [0, 'name'], own);
  };
  return sdkClass(make) as unknown as StepClass<Members, Input>;
}

/** One input or output, where no list of them is given. */
function asList(member: Member): Member {
  const isOne = (member.key === 'inputs' || member.key === 'outputs') && madeOf(member.value)?.kind === 'object';
  return isOne ? { ...member, value: listOf(member.value) } : member;
}

export type ConditionStepMembers = Omit<settings.ConditionSettings, 'inputs' | 'policy'> & { readonly name: string };

// ---- algorithms

export interface AlgorithmParameter {
  readonly name: string;
  readonly value: settings.HyperParameter['value'];
}

export type Algorithm = Omit<settings.Algorithm, 'parameters'> & { readonly parameters?: readonly AlgorithmParameter[] };

/** What a job runs; the members of one of its forms. */
export type BaseAlgorithmMembers = Omit<Algorithm, 'algorithm_id'> & {
  /** Of a managed algorithm. */
  readonly id?: settings.Algorithm['algorithm_id'];
};

export type ManagedAlgorithm = Required<Pick<Algorithm, 'algorithm_id'>> & Pick<Algorithm, 'parameters'>;
export type GalleryAlgorithm = Required<Pick<Algorithm, 'subscription_id' | 'item_version_id'>> & Pick<Algorithm, 'parameters'>;
export type MrsAlgorithm = Omit<settings.MRSAlgorithm, 'parameters'> & { readonly parameters?: readonly AlgorithmParameter[] };

export type JobMembers = Omit<settings.JobSettings, 'algorithm'> & {
  readonly algorithm?: Algorithm | ManagedAlgorithm | GalleryAlgorithm;
};
export type MrsJobMembers = Omit<settings.MrsJobSettings, 'mrs_algorithm'> & { readonly mrs_algorithm: MrsAlgorithm };

export const algorithmClasses = {
  AlgorithmParameters: record<AlgorithmParameter>(),
  BaseAlgorithm: record<BaseAlgorithmMembers>({ id: 'algorithm_id' }) as SdkClass<BaseAlgorithmMembers, Algorithm>,
  /** An algorithm of the algorithm management. */
  Algorithm: record<ManagedAlgorithm>(),
  /** A subscribed algorithm. */
  AIGalleryAlgorithm: record<GalleryAlgorithm>(),
} as const;

export const stepClasses = {
  CreateDatasetStep: stepClass<settings.CreateDatasetSettings, settings.CreateDatasetInput>('create_dataset'),
  CreateDatasetInput: input<settings.CreateDatasetInput>(),
  CreateDatasetOutput: output<{ readonly config: OBSOutputConfig }, Output<'dataset'>>('config'),

  LabelingStep: stepClass<settings.LabelingSettings, settings.LabelingInput>('labeling'),
  LabelingInput: input<settings.LabelingInput>(),
  LabelingOutput: output<{}, Output<'label_task'>>(),

  DatasetImportStep: stepClass<settings.DatasetImportSettings, settings.DatasetImportInput>('dataset_import'),
  DatasetImportInput: input<settings.DatasetImportInput>(),
  DatasetImportOutput: output<{}, Output<'dataset' | 'label_task'>>(),

  ReleaseDatasetStep: stepClass<settings.ReleaseDatasetSettings, settings.ReleaseDatasetInput>('release_dataset'),
  ReleaseDatasetInput: input<settings.ReleaseDatasetInput>(),
  ReleaseDatasetOutput: output<{ readonly dataset_version_config?: settings.ReleaseDatasetOutput }, Output<'dataset'>>(
    'dataset_version_config',
  ),

  JobStep: stepClass<JobMembers, settings.JobInput>('job'),
  JobInput: input<settings.JobInput>(),
  JobOutput: flat<object>(['obs_config', 'metrics_config', 'model_config', 'service_config']) as unknown as JobOutputClass,

  MrsJobStep: stepClass<MrsJobMembers, settings.MrsJobInput>('mrs_job'),
  MrsJobInput: input<settings.MrsJobInput>(),
  MrsJobOutput: output<{ readonly obs_config?: OBSOutputConfig }, Output<'obs'>>('obs_config'),
  MrsJobAlgorithm: record<MrsAlgorithm>(),

  ModelStep: stepClass<settings.ModelSettings, settings.ModelInput>('model'),
  ModelInput: input<settings.ModelInput>(),
  ModelOutput: output<{ readonly model_config: ModelConfig }, Output<'model'>>('model_config'),

  ServiceStep: stepClass<settings.ServiceSettings, settings.ServiceInput>('service'),
  ServiceInput: input<settings.ServiceInput>(),
  ServiceOutput: output<{ readonly service_config?: settings.ServiceOutput }, ServiceOutput>('service_config'),

  ConditionStep: sdkClass((members: ConditionStepMembers) =>
    makeStep<{}>('condition', members?.name, [0, 'name'], namedMembers(members, { else_then_step: 'else_then_steps' }, ['name'])),
  ) as SdkClass<ConditionStepMembers, Step<{}>>,
} as const;

/** Steps, or their names, as scenes and parts of a workflow list them. */
export type StepList = readonly StepName[];
