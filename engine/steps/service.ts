// service here: a process for each model of the list, behind an address that divides requests by their weights.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { SubmitError } from '../executors/executor.ts';
import { addressOf, type ModelToServe, NotServed, type ServiceRecord } from '../registries/services.ts';
import { inferenceProgram } from '../services/inference-program.ts';
import { batchSettings, runToEnd } from './batch-service.ts';
import { bindingOf, needsBinding, yamlText } from './binding.ts';
import type { LocalMachine } from './local-machine.ts';
import { checkModelList, type ModelEntry, modelEntries } from './model-list.ts';
import { healthOf, predictPathOf, usablePackageConfig } from './model-package.ts';
import { isMap, mapAt, textAt } from './setting.ts';
import { type StepContext, StepError, type StepRunner } from './step-runner.ts';
import { failureOf } from './work-result.ts';

export function serviceRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const output = step.outputs[0];
      const settings = output?.settings ?? {};
      const inferType = textAt(settings, 'infer_type') ?? 'real-time';
      if (inferType === 'edge') context.warn('edge-is-local', `step "${step.name}": the edge node is this machine`);
      const entries = modelEntries(step, context.run.id, machine.models);
      const updated = updatedService(step);
      const models = entries.map((entry) => toServe(step, entry, settings));
      checkModelList(step, entries, updated);
      const batch = inferType === 'batch' ? await batchSettings(step, entries, machine) : undefined;
      const service = await deploy(step, context, updated?.name ?? nameOf(step, context, settings), models);
      const address = addressOf(service);
      if (batch) {
        await runToEnd(step, context, service, batch, machine);
        const value = { service_id: service.id, service_name: service.name, obs_url: batch.written };
        return { kind: 'done', result: { kind: 'completed', outputs: output ? [{ name: output.name, value }] : [] } };
      }
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

  function toServe(step: ResolvedStep, { model, weight, settings }: ModelEntry, output: PlainMap): ModelToServe {
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
    const config = usablePackageConfig(path);
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
