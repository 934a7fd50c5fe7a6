// The list of models that a service serves: its entries found in the registry, and the rules for it (guide 4.5).
import type { Plain, PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import type { ModelRecord, Models } from '../registries/models.ts';
import type { ServiceRecord } from '../registries/services.ts';
import { isMap, numberAt, textAt } from './setting.ts';
import { StepError } from './step-runner.ts';

export interface ModelEntry {
  readonly model: ModelRecord;
  readonly weight: number;
  readonly settings: PlainMap;
}

/** The models of the list, in its order. Throws StepError. */
export function modelEntries(step: ResolvedStep, run: string, models: Models): readonly ModelEntry[] {
  const lists = step.inputs.map(({ name, value, limits }) => ({ name, list: listOf(value), limits })).filter(({ list }) => list);
  if (lists.length === 0) return [{ model: newest(step, run, models, undefined), weight: 100, settings: {} }];
  return lists.flatMap(({ list, limits }) => {
    if (list === 'newest') return [{ model: newest(step, run, models, limits), weight: 100, settings: limits ?? {} }];
    const given = list as readonly Plain[];
    return given.map((entry) => entryOf(step, models, entry, given.length === 1 ? 100 : undefined));
  });
}

function entryOf(step: ResolvedStep, models: Models, entry: Plain, defaultWeight: number | undefined): ModelEntry {
  const settings = isMap(entry) ? entry : {};
  const name = textAt(settings, 'model_name');
  const id = textAt(settings, 'model_id');
  if (name === undefined && id === undefined) {
    throw new StepError('model-list', `step "${step.name}": an entry of its models has no model_name: ${JSON.stringify(entry)}`);
  }
  const version = textAt(settings, 'model_version') ?? 'newest';
  const model =
    models.list().find((each) => each.id === id) ??
    (name === undefined ? undefined : version === 'newest' ? models.newest({ name }) : models.find(name, version));
  if (!model) {
    const known = models.list().map((each) => `${each.name} ${each.version}`);
    const what = name === undefined ? `model ${id}` : `model "${name}"${version === 'newest' ? '' : ` ${version}`}`;
    throw new StepError(
      'model-unknown',
      `step "${step.name}": this machine has no ${what} (it has ${known.join(', ') || 'none'}); register it with a model step`,
    );
  }
  const weight = numberAt(settings, 'weight') ?? defaultWeight;
  if (weight === undefined || weight < 0) {
    throw new StepError(
      'model-list',
      `step "${step.name}": ${model.name} ${model.version} has no weight, which is its share of 100`,
    );
  }
  return { model, weight, settings };
}

function newest(step: ResolvedStep, run: string, models: Models, limits: PlainMap | undefined): ModelRecord {
  const name = textAt(limits, 'model_name');
  const version = textAt(limits, 'model_version');
  const found = name !== undefined && version !== undefined ? models.find(name, version) : models.newest({ name, run });
  if (found) return found;
  const what = name === undefined ? 'no model is registered' : `no model "${name}"${version ? ` ${version}` : ''} is registered`;
  throw new StepError(
    'model-unknown',
    `step "${step.name}": ${what} on this machine; a model step before this one registers one`,
  );
}

/** Throws StepError. `updated`: the service that gets these models. */
export function checkModelList(step: ResolvedStep, entries: readonly ModelEntry[], updated: ServiceRecord | undefined): void {
  const refuse = (message: string) => {
    throw new StepError('model-list', `step "${step.name}": ${message}`);
  };
  const names = new Set(entries.map(({ model }) => model.name));
  if (names.size > 1) refuse(`a service has versions of one model, and not of ${[...names].join(' and ')}`);
  const versions = entries.map(({ model }) => model.version);
  const twice = versions.find((version, index) => versions.indexOf(version) !== index);
  if (twice !== undefined) refuse(`version ${twice} is in its models twice`);
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  if (total !== 100) refuse(`the weights of its models add up to ${total}, and not to 100`);
  const served = updated?.live[0]?.name;
  if (served !== undefined && !names.has(served)) {
    refuse(`service "${updated!.name}" has model "${served}", and is not updated to model "${[...names][0]}"`);
  }
}

/** A list of models, the answer `newest` in whatever form it came, or undefined for other data. */
function listOf(value: Plain): readonly Plain[] | 'newest' | undefined {
  if (Array.isArray(value)) return value.length === 0 ? 'newest' : value;
  if (value === 'newest') return 'newest';
  if (!isMap(value)) return undefined;
  if (textAt(value, 'obs_url') === 'newest') return 'newest';
  if (value['model_list'] !== undefined) return listOf(value['model_list']);
  return textAt(value, 'model_name') !== undefined || textAt(value, 'model_id') !== undefined ? [value] : undefined;
}
