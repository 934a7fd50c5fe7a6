// What a job runs: the binding's command or file where there is one, else the algorithm's own. Code is used in place.
import { statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import type { BindingUse } from '../../core/config/config.ts';
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import type { Command } from '../executors/executor.ts';
import type { Storage } from '../storage/paths.ts';
import { linesToAdd, needsBinding, yamlText } from './binding.ts';
import { mapAt, textAt } from './setting.ts';
import { StepError } from './step-runner.ts';

export interface Program {
  /** Without the arguments of the step. */
  readonly start: { readonly kind: 'file'; readonly interpreter: string; readonly file: string } | ShellStart;
  /** Absolute; exists: where the code lies. */
  readonly folder: string;
}

interface ShellStart {
  readonly kind: 'shell';
  readonly text: string;
}

export interface Places {
  readonly storage: Storage;
  /** Folder of weft.config.yaml: what a binding's paths are relative to. */
  readonly root: string;
  /** The workflow file, where it is known: what `./` is relative to when a client left it as it is. */
  readonly source: string | undefined;
}

/** By extension. What is missing on the machine is said by the executor, which knows where it looks. */
const interpreters: Readonly<Record<string, string>> = {
  '.py': 'python3',
  '.mjs': 'node',
  '.js': 'node',
  '.cjs': 'node',
  '.sh': 'sh',
};

/** Rejects with StepError where the step has nothing that can be run on this machine. */
export async function programOf(step: ResolvedStep, binding: BindingUse | undefined, places: Places): Promise<Program> {
  const algorithm = mapAt(step.settings, 'algorithm');
  const command = binding?.command ?? (binding?.bootFile ? undefined : textAt(algorithm, 'command'));
  const bootFile = binding?.bootFile ?? textAt(algorithm, 'boot_file');
  if (command === undefined && bootFile === undefined) throw nothingToRun(step, algorithm);
  const folder = await codeFolder(step, binding, algorithm, places);
  if (command !== undefined) return { start: { kind: 'shell', text: command.trimEnd() }, folder };
  const file = binding?.bootFile
    ? resolve(binding.codeDir ? folder : places.root, binding.bootFile)
    : await located(bootFile!, folder, places);
  if (!isFile(file)) throw new StepError('boot-file-missing', `step "${step.name}": there is no boot file ${file}`);
  return { start: { kind: 'file', interpreter: interpreterOf(step, file), file }, folder };
}

/** `command arg...` as the executor starts it. A shell command gets the arguments at its end, or where it says "$@". */
export function commandOf({ start }: Program, given: readonly string[]): Command {
  if (start.kind === 'file') return { kind: 'arguments', file: start.interpreter, arguments: [start.file, ...given] };
  const text = /\$[@*]/.test(start.text) ? start.text : `${start.text} "$@"`;
  return { kind: 'arguments', file: 'sh', arguments: ['-c', text, 'sh', ...given] };
}

async function codeFolder(
  step: ResolvedStep,
  binding: BindingUse | undefined,
  algorithm: PlainMap | undefined,
  places: Places,
): Promise<string> {
  const written = textAt(algorithm, 'code_dir');
  const folder = binding?.codeDir
    ? resolve(places.root, binding.codeDir)
    : written === undefined
      ? places.root
      : await located(written, undefined, places);
  if (!isFolder(folder)) {
    const from = binding?.codeDir ?? written;
    throw new StepError('code-dir-missing', `step "${step.name}": there is no folder ${folder} for its code_dir "${from}"`);
  }
  return folder;
}

/** A path of the service, of the workflow file's folder (`./`), or of the code folder. */
async function located(path: string, codeFolder: string | undefined, { storage, source }: Places): Promise<string> {
  if (path.startsWith('./') || path.startsWith('../')) {
    if (source === undefined) {
      throw new StepError(
        'source-unknown',
        `"${path}" is relative to the workflow file, and the request does not say where that is`,
      );
    }
    return resolve(dirname(source), path);
  }
  if (codeFolder !== undefined && !isAbsolute(path) && !/^[a-z][a-z0-9+.-]*:/i.test(path)) return join(codeFolder, path);
  return (await storage.locate(path)).path;
}

function interpreterOf(step: ResolvedStep, file: string): string {
  const found = interpreters[extname(file).toLowerCase()];
  if (found) return found;
  throw new StepError(
    'interpreter-unknown',
    `step "${step.name}": nothing is known to run ${basename(file)} with (known: ${Object.keys(interpreters).join(' ')}). ` +
      linesToAdd(`step: ${yamlText(step.name)}`, `{ command: PROGRAM ${basename(file)} }`),
  );
}

function nothingToRun(step: ResolvedStep, algorithm: PlainMap | undefined): StepError {
  const ids = (['subscription_id', 'item_version_id', 'algorithm_id'] as const).flatMap((name) => {
    const id = textAt(algorithm, name);
    return id === undefined ? [] : [`${name}: ${yamlText(id)}`];
  });
  const use = '{ code_dir: ./FOLDER, command: python3 FILE.py }';
  if (ids.length > 0) {
    return needsBinding(`the algorithm of step "${step.name}"`, `algorithm: { ${ids.join(', ')} }`, use);
  }
  const image = textAt(mapAt(algorithm, 'engine'), 'image_url');
  if (image !== undefined) return needsBinding(`the image of step "${step.name}"`, `image: ${yamlText(image)}`, use);
  const missing = `step "${step.name}" has neither command nor boot_file in its algorithm. Write one of them, or: `;
  return new StepError('nothing-to-run', missing + linesToAdd(`step: ${yamlText(step.name)}`, use));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
