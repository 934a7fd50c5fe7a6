// The factories of steps: a name, the settings of the file's step of that type, and outputs that the compiler knows by name.
import type * as settings from './generated/settings.ts';
import { implied, keep, type Member, makeThing, membersOf } from './made.ts';
import { outputsOf } from './outputs.ts';
import type { DataKind, MetricsOutput, Output, ServiceOutput, Step } from './references.ts';

/** Outputs by their names; a list of names where they have no settings. */
type Outputs<T> = Readonly<Record<string, T | null>> | readonly string[];

type NameOf<O> = O extends readonly (infer N extends string)[] ? N : keyof O & string;

/** All outputs of one kind. */
type Of<O, T> = { readonly [K in NameOf<O>]: T };

/** What an output of a job is follows from its settings. */
export type JobOutputs<O> = {
  readonly [K in keyof O]: O[K] extends { readonly metric_files: unknown }
    ? MetricsOutput
    : O[K] extends { readonly model_type: unknown }
      ? Output<'model'>
      : Output<'obs'>;
};

/** What was imported into: a dataset or a labelling task. */
type Imported = Output<'dataset' | 'label_task'>;

export function createDataset<const O extends Outputs<settings.CreateDatasetOutput> = {}>(
  name: string,
  members: settings.CreateDatasetSettings & { readonly outputs?: O },
): Step<Of<O, Output<'dataset'>>> {
  return makeStep('create_dataset', name, [0], membersOf(members, [1]));
}

export function labeling<const O extends Outputs<settings.LabelingOutput> = {}>(
  name: string,
  members: settings.LabelingSettings & { readonly outputs?: O },
): Step<Of<O, Output<'label_task'>>> {
  return makeStep('labeling', name, [0], membersOf(members, [1]));
}

export function datasetImport<const O extends Outputs<settings.DatasetImportOutput> = {}>(
  name: string,
  members: settings.DatasetImportSettings & { readonly outputs?: O },
): Step<Of<O, Imported>> {
  return makeStep('dataset_import', name, [0], membersOf(members, [1]));
}

export function releaseDataset<const O extends Outputs<settings.ReleaseDatasetOutput> = {}>(
  name: string,
  members: settings.ReleaseDatasetSettings & { readonly outputs?: O },
): Step<Of<O, Output<'dataset'>>> {
  return makeStep('release_dataset', name, [0], membersOf(members, [1]));
}

export function job<const O extends Readonly<Record<string, settings.JobOutput>> = {}>(
  name: string,
  members: settings.JobSettings & { readonly outputs?: O },
): Step<JobOutputs<O>> {
  return makeStep('job', name, [0], membersOf(members, [1]));
}

export function mrsJob<const O extends Readonly<Record<string, settings.MrsJobOutput>> = {}>(
  name: string,
  members: settings.MrsJobSettings & { readonly outputs?: O },
): Step<Of<O, Output<'obs'>>> {
  return makeStep('mrs_job', name, [0], membersOf(members, [1]));
}

export function model<const O extends Outputs<settings.ModelOutput> = {}>(
  name: string,
  members: settings.ModelSettings & { readonly outputs?: O },
): Step<Of<O, Output<'model'>>> {
  return makeStep('model', name, [0], membersOf(members, [1]));
}

export function service<const O extends Outputs<settings.ServiceOutput> = {}>(
  name: string,
  members: settings.ServiceSettings & { readonly outputs?: O },
): Step<Of<O, ServiceOutput>> {
  return makeStep('service', name, [0], membersOf(members, [1]));
}

export function condition(name: string, members: settings.ConditionSettings): Step<{}> {
  return makeStep('condition', name, [0], membersOf(members, [1]));
}

export function makeStep<O>(
  type: string,
  name: string,
  nameFrom: readonly (string | number)[],
  members: readonly Member[],
): Step<O> {
  const made = makeThing('step', name, nameFrom, [implied('type', type), ...members]);
  const outputs = members.find(({ key }) => key === 'outputs')?.value;
  const step = { is: 'step' as const, name };
  const whole = Object.assign(step, { outputs: outputsOf(step, kindsOf(type, outputs)) as O });
  return keep(whole, made);
}

const kinds: Readonly<Record<string, DataKind>> = {
  create_dataset: 'dataset',
  labeling: 'label_task',
  release_dataset: 'dataset',
  mrs_job: 'obs',
  model: 'model',
  service: 'service',
};

/** The names of the outputs with their kinds, where these can be told. */
function kindsOf(type: string, outputs: unknown): ReadonlyMap<string, DataKind | undefined> {
  if (Array.isArray(outputs)) return new Map(outputs.map((name) => [String(name), kinds[type]]));
  if (typeof outputs !== 'object' || outputs === null) return new Map();
  return new Map(Object.entries(outputs).map(([name, settings]) => [name, type === 'job' ? jobOutput(settings) : kinds[type]]));
}

function jobOutput(members: unknown): DataKind {
  if (typeof members !== 'object' || members === null) return 'obs';
  if ('metric_files' in members) return 'metrics';
  return 'model_type' in members ? 'model' : 'obs';
}
