// model here: the package is checked, copied into the registry and counted up.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { ModelExists } from '../registries/models.ts';
import { inferenceFile } from '../services/inference-program.ts';
import { bindingOf, needsBinding, yamlText } from './binding.ts';
import { locateInput, obsPathOf, subject } from './input-data.ts';
import type { LocalMachine } from './local-machine.ts';
import { mockFolder } from './mock.ts';
import { PackageError, packageFolder, readPackageConfig } from './model-package.ts';
import { isMap, listAt, mapAt, textAt } from './setting.ts';
import { type StepContext, StepError, type StepRunner } from './step-runner.ts';

export function modelRunner(machine: LocalMachine): StepRunner {
  return {
    async start(step, context) {
      const output = step.outputs[0];
      if (!output) throw new StepError('output-missing', `step "${step.name}" has no output with a model_name`);
      const { settings } = output;
      const name = nameOf(step, context, settings);
      const type = textAt(settings, 'model_type') ?? 'TensorFlow';
      const image = imageOf(step);
      const sources = await sourcesOf(step, name, type, image, settings);
      if (sources.checked) warnOf(step, context, sources.paths[0]!, type);
      const model = await register(step, {
        key: context.key,
        run: context.run.id,
        name,
        version: versionOf(step, settings),
        type,
        description: textAt(settings, 'description'),
        image,
        sources: sources.paths,
      });
      const value = { model_id: model.id, model_name: name, model_version: model.version, model_type: type };
      return { kind: 'done', result: { kind: 'completed', outputs: [{ name: output.name, value }] } };
    },
  };

  async function register(step: ResolvedStep, model: Parameters<LocalMachine['models']['register']>[0]) {
    try {
      return await machine.models.register(model);
    } catch (error) {
      if (!(error instanceof ModelExists)) throw error;
      const message = `step "${step.name}": ${error.message}; choose another model_version, or leave it out to count up`;
      throw new StepError('model-version-exists', message, { cause: error });
    }
  }

  /** What the package is made of; `checked`: it is one folder that describes itself. */
  async function sourcesOf(
    step: ResolvedStep,
    name: string,
    type: string,
    image: string | undefined,
    settings: PlainMap,
  ): Promise<{ readonly paths: readonly string[]; readonly checked: boolean }> {
    const binding = bindingOf(
      machine.bindings(),
      (target) => (target.kind === 'step' && target.name === step.name) || (target.kind === 'model' && target.name === name),
    );
    const templateInputs = listAt(mapAt(settings, 'template'), 'template_inputs');
    const input = step.inputs.find(({ value }) => obsPathOf(value) !== undefined);
    const bound = binding?.mock !== undefined ? mockFolder(step, binding.mock, machine) : undefined;
    const folder = bound ?? (input ? await locateInput(step, input, machine) : undefined);
    if (folder !== undefined)
      return { paths: [checked(input ? subject(step, input) : `step "${step.name}"`, folder)], checked: true };
    if (templateInputs.length > 0) return { paths: await templateFiles(step, templateInputs), checked: false };
    if (image !== undefined) return { paths: [], checked: false };
    if (binding?.codeDir !== undefined) {
      return { paths: [checked(`step "${step.name}"`, resolve(machine.root, binding.codeDir))], checked: true };
    }
    throw needsBinding(`the model of step "${step.name}"`, `model: ${yamlText(name)}`, '{ code_dir: ./FOLDER }');
  }

  async function templateFiles(step: ResolvedStep, inputs: readonly unknown[]): Promise<readonly string[]> {
    const paths = inputs.flatMap((each) => textAt(each as PlainMap, 'input') ?? []);
    return await Promise.all(
      paths.map((path) => locateInput(step, { name: 'template', type: 'obs', value: { obs_url: path } }, machine)),
    );
  }
}

function checked(what: string, folder: string): string {
  try {
    if (!existsSync(folder)) throw new PackageError(`there is no folder ${folder}`);
    const found = packageFolder(folder);
    readPackageConfig(found);
    return found;
  } catch (error) {
    if (error instanceof PackageError) throw new StepError('model-package', `${what}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** What is odd but can be registered. */
function warnOf(step: ResolvedStep, context: StepContext, folder: string, type: string): void {
  const declared = readPackageConfig(folder).model_type;
  if (typeof declared === 'string' && declared.toLowerCase() !== type.toLowerCase()) {
    context.warn(
      'model-type-differs',
      `step "${step.name}" registers the model as ${type}, and its config.json says ${declared}`,
    );
  }
  if (inferenceFile(folder) === undefined) {
    context.warn(
      'inference-code-missing',
      `step "${step.name}": the package has no inference code (service.mjs, service.py, service.sh or customize_service.py); ` +
        'to serve it here, bind the model to a command in weft.config.yaml',
    );
  }
}

function imageOf(step: ResolvedStep): string | undefined {
  for (const { value } of step.inputs) {
    const path = isMap(value) ? textAt(value, 'swr_path') : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

/** Without a name, one that stays the same for all runs of the workflow. */
function nameOf(step: ResolvedStep, { run }: StepContext, settings: PlainMap): string {
  const name =
    textAt(settings, 'model_name') ?? `${run.workflowName}-${step.name}`.replace(/[^\p{L}\p{N}_-]/gu, '-').slice(0, 64);
  if (/^[A-Za-z0-9\u4e00-\u9fa5_-]{1,64}$/u.test(name)) return name;
  throw new StepError(
    'model-name-format',
    `step "${step.name}": model_name "${name}" is not 1 to 64 Chinese or English letters, digits, _ or -`,
  );
}

function versionOf(step: ResolvedStep, settings: PlainMap): string | undefined {
  const version = textAt(settings, 'model_version');
  if (version === undefined || /^(0|[1-9]\d?)\.(0|[1-9]\d?)\.(0|[1-9]\d?)$/.test(version)) return version;
  throw new StepError(
    'model-version-format',
    `step "${step.name}": model_version "${version}" is not of the form n.n.n with one or two digits each, such as 0.0.1`,
  );
}
