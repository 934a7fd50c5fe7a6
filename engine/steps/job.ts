// job here: a process of this machine with the arguments that a container of the service would get:
//   --<input>=<path> --<output>=<path> --<hyper-parameter>=<value>
// in the code folder, which is used in place.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import type { Work } from '../executors/executor.ts';
import { followMetricFiles, readMetricFiles } from '../streams/metrics.ts';
import { bindingOfJob, limitsOfFlavor, linesToAdd, yamlText } from './binding.ts';
import type { LocalMachine } from './local-machine.ts';
import { copyMock } from './mock.ts';
import { stepPath } from './node-program.ts';
import { commandOf, type Places, programOf } from './program.ts';
import { isMap, listAt, mapAt, numberAt, textAt } from './setting.ts';
import { inputSlots, outputSlots, outputValue, type Slot, slotArguments } from './slots.ts';
import type { StepContext, StepRunner } from './step-runner.ts';
import { failureOf } from './work-result.ts';

export function jobRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const binding = bindingOfJob(machine.bindings(), step);
      const inputs = await inputSlots(step, machine);
      const outputs = await outputSlots(step, machine);
      await makeMetricFolders(step);
      if (binding?.mock !== undefined) {
        await copyMock(step, binding.mock, machine);
        await tellMetrics(step, context, true);
        return { kind: 'done', result: { kind: 'completed', outputs: step.outputs.map(outputValue) } };
      }
      warnOfClusters(step, context);
      const places: Places = { storage: machine.storage, root: machine.root, source: context.source };
      const program = await programOf(step, binding, places);
      const work: Work = {
        key: context.key,
        stepRun: context.stepRun,
        folder: context.folder,
        cwd: program.folder,
        command: commandOf(program, [...slotArguments(...inputs, ...outputs), ...hyperParameters(step)]),
        environment: {
          PATH: stepPath(machine.stateFolder),
          ...containerVariables(program.folder, inputs[0], outputs[0]),
          ...environmentsOf(step),
          ...Object.fromEntries((binding?.environments ?? []).map(({ name, value }) => [name, value])),
        },
        limits: limitsOfFlavor(machine.bindings(), step),
      };
      return { kind: 'work', work };
    },

    async watch(step, context) {
      const sources = await metricSources(step);
      await Promise.all(
        sources
          .filter(({ live }) => live)
          .map(({ output, files }) => followMetricFiles(files, context.signal, (metrics) => context.metrics(output, metrics))),
      );
    },

    async finish(step, context, outcome) {
      await tellMetrics(step, context, outcome.exitCode === 0);
      const lines = linesToAdd(`step: ${yamlText(step.name)}`, '{ command: PROGRAM ARGUMENT }');
      const failure = failureOf(context.folder, outcome, `Install it, or bind the step to another command. ${lines}`);
      const outputs = step.outputs.map(outputValue);
      return failure ? { kind: 'failed', ...failure, outputs } : { kind: 'completed', outputs };
    },
  };

  /** The folders that metrics files lie in, so that they can be watched from the start. */
  async function makeMetricFolders(step: ResolvedStep): Promise<void> {
    for (const { files } of await metricSources(step)) {
      for (const file of files) await machine.storage.makeFolder(pathToFileURL(dirname(file)).href);
    }
  }

  async function metricSources(step: ResolvedStep) {
    const sources: { readonly output: string; readonly files: readonly string[]; readonly live: boolean }[] = [];
    for (const { name, settings } of step.outputs) {
      const folder = textAt(settings, 'obs_path');
      const inside = textAt(settings, 'metric_file');
      const paths = listAt(settings, 'metric_files').filter((path) => typeof path === 'string');
      const files = await Promise.all(paths.map(async (path) => (await machine.storage.locate(path)).path));
      if (folder !== undefined && inside !== undefined) files.push(join((await machine.storage.locate(folder)).path, inside));
      if (files.length > 0) sources.push({ output: name, files, live: settings['realtime_visualization'] !== false });
    }
    return sources;
  }

  /** Of a job that failed nobody expects metrics. */
  async function tellMetrics(step: ResolvedStep, context: StepContext, expected: boolean): Promise<void> {
    for (const { output, files } of await metricSources(step)) {
      const { metrics, problems } = await readMetricFiles(files);
      if (metrics.length > 0) await context.metrics(output, metrics);
      for (const problem of expected ? problems : [])
        context.warn('metrics-not-read', `output "${output}" of step "${step.name}": ${problem}`);
    }
  }
}

/** `--name=value`; without a value a bare switch, as the SDK has it. */
function hyperParameters(step: ResolvedStep): readonly string[] {
  const parameters = mapAt(mapAt(step.settings, 'algorithm'), 'parameters') ?? {};
  return Object.entries(parameters).map(([name, entry]) => {
    const value = isMap(entry) ? entry['value'] : entry;
    if (value === undefined || value === null) return `--${name}`;
    return `--${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  });
}

function environmentsOf(step: ResolvedStep): Record<string, string> {
  const own: PlainMap = mapAt(mapAt(step.settings, 'algorithm'), 'environments') ?? {};
  return Object.fromEntries(
    Object.entries(own)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

/** What the service's containers find in their environment (platform digest 18.4), as far as it means something here. */
function containerVariables(code: string, input: Slot | undefined, output: Slot | undefined): Record<string, string> {
  return {
    MA_JOB_DIR: dirname(code),
    DLS_TASK_INDEX: '0',
    DLS_TASK_NUMBER: '1',
    DLS_APP_URL: pathToFileURL(code).href,
    ...(input && { DLS_DATA_URL: pathToFileURL(input.path).href }),
    ...(output && { DLS_TRAIN_URL: pathToFileURL(output.path).href }),
  };
}

function warnOfClusters(step: ResolvedStep, context: StepContext): void {
  const spec = mapAt(step.settings, 'spec');
  const nodes = numberAt(mapAt(spec, 'resource'), 'node_count') ?? 1;
  if (nodes > 1) context.warn('one-node', `step "${step.name}" asks for ${nodes} nodes; here it runs as one process`);
  for (const volume of listAt(spec, 'volumes')) {
    const nfs = isMap(volume) ? mapAt(volume, 'nfs') : undefined;
    if (nfs) {
      const place = `${textAt(nfs, 'nfs_server_path')} at ${textAt(nfs, 'local_path')}`;
      context.warn('volume-not-mounted', `step "${step.name}": ${place} is not mounted here; mount it yourself if it is needed`);
    }
  }
}
