// mrs_job here: a bound command, or `spark-submit` of this machine with its cores as the cluster.
//   spark-submit <run_args> <boot_file> <app_args> --<input>=<path> --<output>=<path>
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { BindingUse } from '../../core/config/config.ts';
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import type { Command } from '../executors/executor.ts';
import { bindingOf, linesToAdd, needsBinding, yamlText } from './binding.ts';
import type { LocalMachine } from './local-machine.ts';
import { copyMock } from './mock.ts';
import { stepPath } from './node-program.ts';
import { commandOf, type Places, programOf } from './program.ts';
import { isMap, mapAt, textAt } from './setting.ts';
import { inputSlots, outputSlots, outputValue, slotArguments } from './slots.ts';
import { type StepContext, StepError, type StepRunner } from './step-runner.ts';
import { failureOf } from './work-result.ts';

export function mrsJobRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const cluster = textAt(step.settings, 'cluster_id');
      const binding = bindingOf(
        machine.bindings(),
        (target) =>
          (target.kind === 'step' && target.name === step.name) || (target.kind === 'cluster' && target.name === cluster),
      );
      const slots = slotArguments(...(await inputSlots(step, machine)), ...(await outputSlots(step, machine)));
      if (binding?.mock !== undefined) {
        await copyMock(step, binding.mock, machine);
        return { kind: 'done', result: { kind: 'completed', outputs: step.outputs.map(outputValue) } };
      }
      const path = stepPath(machine.stateFolder);
      const given = [...listOf(step, 'app_args', /,(?=--)/), ...slots];
      const { command, cwd } = await programFor(step, context, binding, given, path, cluster);
      return {
        kind: 'work',
        work: {
          key: context.key,
          stepRun: context.stepRun,
          folder: context.folder,
          cwd,
          command,
          environment: {
            PATH: path,
            ...Object.fromEntries((binding?.environments ?? []).map(({ name, value }) => [name, value])),
          },
        },
      };
    },

    async finish(step, context, outcome) {
      const lines = linesToAdd(`step: ${yamlText(step.name)}`, '{ command: PROGRAM ARGUMENT }');
      const failure = failureOf(context.folder, outcome, `Install it, or bind the step to another command. ${lines}`);
      const outputs = step.outputs.map(outputValue);
      return failure ? { kind: 'failed', ...failure, outputs } : { kind: 'completed', outputs };
    },
  };

  async function programFor(
    step: ResolvedStep,
    context: StepContext,
    binding: BindingUse | undefined,
    given: readonly string[],
    path: string,
    cluster: string | undefined,
  ): Promise<{ readonly command: Command; readonly cwd: string }> {
    const places: Places = { storage: machine.storage, root: machine.root, source: context.source };
    if (binding && (binding.command !== undefined || binding.bootFile !== undefined)) {
      const program = await programOf(step, binding, places);
      return { command: commandOf(program, given), cwd: program.folder };
    }
    const submit = findSubmit(path);
    if (submit === undefined) {
      const target = cluster === undefined ? `step: ${yamlText(step.name)}` : `cluster: ${yamlText(cluster)}`;
      const what = `spark-submit is not in PATH or SPARK_HOME, and the MRS cluster of step "${step.name}"`;
      throw needsBinding(what, target, '{ command: python3 FILE.py }');
    }
    const written = textAt(mapAt(step.settings, 'mrs_algorithm'), 'boot_file');
    if (written === undefined)
      throw new StepError('boot-file-missing', `step "${step.name}" has no boot_file in its mrs_algorithm`);
    const file =
      /^\.{1,2}\//.test(written) && context.source !== undefined
        ? resolve(dirname(context.source), written)
        : (await machine.storage.locate(written)).path;
    if (!existsSync(file)) {
      throw new StepError('boot-file-missing', `step "${step.name}": there is no ${written} on this machine (${file})`);
    }
    const options = localOptions(listOf(step, 'run_args', ','));
    return { command: { kind: 'arguments', file: submit, arguments: [...options, file, ...given] }, cwd: dirname(file) };
  }
}

/** The cluster is this machine: `--master` is its cores, whatever it was there, and the driver runs here. */
function localOptions(given: readonly string[]): readonly string[] {
  const options: string[] = ['--master', 'local[*]'];
  for (let at = 0; at < given.length; at++) {
    if (given[at] === '--master' || given[at] === '--deploy-mode') at++;
    else if (!/^--(master|deploy-mode)=/.test(given[at]!)) options.push(given[at]!);
  }
  return options;
}

function listOf(step: ResolvedStep, name: string, separator: string | RegExp): readonly string[] {
  const parameters: PlainMap = mapAt(mapAt(step.settings, 'mrs_algorithm'), 'parameters') ?? {};
  const entry = parameters[name];
  const value = isMap(entry) ? textAt(entry, 'value') : textAt(parameters, name);
  return (value ?? '')
    .split(separator)
    .map((item) => item.trim())
    .filter(Boolean);
}

function findSubmit(path: string): string | undefined {
  const home = process.env['SPARK_HOME'];
  const folders = [...path.split(delimiter), ...(home ? [join(home, 'bin')] : [])];
  return folders.map((folder) => join(folder || '.', 'spark-submit')).find((file) => existsSync(file));
}
