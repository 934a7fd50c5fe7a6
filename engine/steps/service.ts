// service here: a process for each model of the list, behind an address that divides requests by their weights.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Plain, PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { SubmitError } from '../executors/executor.ts';
import type { ModelRecord } from '../registries/models.ts';
import { addressOf, type ModelToServe, NotServed, type ServiceRecord } from '../registries/services.ts';
import { inferenceProgram } from '../services/inference-program.ts';
import { bindingOf, needsBinding, yamlText } from './binding.ts';
import type { LocalMachine } from './local-machine.ts';
import { healthOf, type PackageConfig, predictPathOf, readPackageConfig } from './model-package.ts';
import { isMap, mapAt, numberAt, textAt } from './setting.ts';
import { type StepContext, StepError, type StepRunner } from './step-runner.ts';
import { failureOf } from './work-result.ts';

export function serviceRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const output = step.outputs[0];
      const settings = output?.settings ?? {};
      const inferType = textAt(settings, 'infer_type') ?? 'real-time';
      if (inferType === 'batch') {
        throw new StepError(
          'batch-not-local',
          `step "${step.name}": batch services do not run on this machine; use a job step over the folder`,
        );
      }
      if (inferType === 'edge') context.warn('edge-is-local', `step "${step.name}": the edge node is this machine`);
      const entries = entriesOf(step, context);
      const updated = updatedService(step);
      const models = entries.map((entry) => toServe(step, entry, settings));
      checkList(step, entries, updated);
      const service = await deploy(step, context, updated?.name ?? nameOf(step, context, settings), models);
      const address = addressOf(service);
      const value = {
        service_id: service.id,
        service_name: service.name,
        access_address: address,
        cluster_inner_access_address: address,
      };
      context.progress(address);
      return { kind: 'done', result: { kind: 'completed', outputs: output ? [{ name: output.name, value }] : [] } };
    },
  };

  async function deploy(
    step: ResolvedStep,
    context: StepContext,
    name: string,
    models: readonly ModelToServe[],
  ): Promise<ServiceRecord> {
    const { key, signal } = context;
    context.progress(`starting ${models.map((model) => `${model.name} ${model.version}`).join(', ')}`);
    try {
      return await machine.services.deploy({ key, name, models, signal, onLog: (folder) => showLog(folder, context.folder) });
    } catch (error) {
      if (error instanceof SubmitError)
        throw new StepError(error.code, `step "${step.name}": ${error.message}`, { cause: error });
      if (!(error instanceof NotServed)) throw error;
      const how =
        error.outcome && failureOf(error.folder, error.outcome, 'Bind the model to another command in weft.config.yaml.');
      const message = `step "${step.name}": ${error.message}${how ? `: ${how.message}` : ''}`;
      throw new StepError('service-not-ready', message, { cause: error });
    }
  }

  interface Entry {
    readonly model: ModelRecord;
    readonly weight: number;
    readonly settings: PlainMap;
  }

  /** The models of the list, in its order. Throws StepError. */
  function entriesOf(step: ResolvedStep, context: StepContext): readonly Entry[] {
    const lists = step.inputs
      .map(({ name, value, limits }) => ({ name, list: listOf(value), limits }))
      .filter(({ list }) => list);
    if (lists.length === 0) return [{ model: newest(step, context, undefined), weight: 100, settings: {} }];
    return lists.flatMap(({ list, limits }) => {
      if (list === 'newest') return [{ model: newest(step, context, limits), weight: 100, settings: limits ?? {} }];
      const given = list as readonly Plain[];
      return given.map((entry) => entryOf(step, entry, given.length === 1 ? 100 : undefined));
    });
  }

  function entryOf(step: ResolvedStep, entry: Plain, defaultWeight: number | undefined): Entry {
    const settings = isMap(entry) ? entry : {};
    const name = textAt(settings, 'model_name');
    const id = textAt(settings, 'model_id');
    if (name === undefined && id === undefined) {
      throw new StepError(
        'model-list',
        `step "${step.name}": an entry of its models has no model_name: ${JSON.stringify(entry)}`,
      );
    }
    const version = textAt(settings, 'model_version') ?? 'newest';
    const { models } = machine;
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

  function newest(step: ResolvedStep, { run }: StepContext, limits: PlainMap | undefined): ModelRecord {
    const name = textAt(limits, 'model_name');
    const version = textAt(limits, 'model_version');
    const { models } = machine;
    const found = name !== undefined && version !== undefined ? models.find(name, version) : models.newest({ name, run: run.id });
    if (found) return found;
    const what =
      name === undefined ? 'no model is registered' : `no model "${name}"${version ? ` ${version}` : ''} is registered`;
    throw new StepError(
      'model-unknown',
      `step "${step.name}": ${what} on this machine; a model step before this one registers one`,
    );
  }

  /** The service that an input names, to be updated. */
  function updatedService(step: ResolvedStep): ServiceRecord | undefined {
    for (const { value } of step.inputs) {
      const id = isMap(value) ? textAt(value, 'service_id') : undefined;
      if (id === undefined) continue;
      const found = machine.services.find({ id, name: id });
      if (found) return found;
      const known = machine.services.list().map((service) => `${service.id} ("${service.name}")`);
      throw new StepError(
        'service-unknown',
        `step "${step.name}": this machine has no service ${id}; it has ${known.join(', ') || 'none'}`,
      );
    }
    return undefined;
  }

  function toServe(step: ResolvedStep, { model, weight, settings }: Entry, output: PlainMap): ModelToServe {
    const { name, version, path } = model;
    const binding = bindingOf(
      machine.bindings(),
      (target) => (target.kind === 'step' && target.name === step.name) || (target.kind === 'model' && target.name === name),
    );
    const program = inferenceProgram(path, binding, machine.root, machine.classHost);
    if (!program) {
      const what = `what serves model "${name}" ${version} (step "${step.name}") is not in its package ${path} and`;
      throw needsBinding(what, `model: ${yamlText(name)}`, '{ command: PROGRAM }');
    }
    const config = configOf(path);
    return {
      name,
      version,
      weight,
      command: program.command,
      cwd: program.cwd,
      environment: {
        WEFT_MODEL_NAME: name,
        WEFT_MODEL_DIR: path,
        ...variables(mapAt(output, 'envs')),
        ...variables(mapAt(settings, 'envs')),
        ...program.environment,
      },
      health: healthOf(config),
      predictPath: predictPathOf(config),
    };
  }
}

/** The guide's rules for a list of models (4.5). */
function checkList(
  step: ResolvedStep,
  entries: readonly { readonly model: ModelRecord; readonly weight: number }[],
  updated: ServiceRecord | undefined,
): void {
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

/** Without a name, one that stays the same for all runs of the workflow. */
function nameOf(step: ResolvedStep, { run }: StepContext, settings: PlainMap): string {
  const name =
    textAt(settings, 'service_name') ?? `${run.workflowName}-${step.name}`.replace(/[^\p{L}\p{N}_-]/gu, '-').slice(0, 64);
  if (/^[\p{L}\p{N}_-]{1,64}$/u.test(name)) return name;
  throw new StepError(
    'service-name-format',
    `step "${step.name}": service_name "${name}" is not 1 to 64 Chinese or English letters, digits, _ or -`,
  );
}

/** A package that a binding serves need not describe itself. */
function configOf(folder: string): PackageConfig {
  try {
    return readPackageConfig(folder);
  } catch {
    return {};
  }
}

function variables(map: PlainMap | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map ?? {})
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

/** The log of the step is that of the service's first model, as long as the service is there. */
function showLog(serviceFolder: string, attemptFolder: string): void {
  try {
    symlinkSync(join(serviceFolder, 'log'), join(attemptFolder, 'log'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
