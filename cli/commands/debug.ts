// weft debug FILE: a run that is held before its steps, driven from the terminal, or from a file of commands.
// Exit: 0 completed, or left to itself, 1 errors in the workflow or a run that did not complete, 2 wrong usage or environment.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { GivenValue, GivenValues } from '../../core/config/values-file.ts';
import { type Command, type Console, UsageError } from '../command.ts';
import { debugInTerminal } from '../debugger/terminal.ts';
import { readyRun, runOptions } from '../ready-run.ts';

const options = {
  ...runOptions,
  break: { type: 'string', multiple: true, default: [] as string[] },
  attach: { type: 'string' },
} as const;

export const debugCommand: Command = {
  name: 'debug',
  usage:
    'debug FILE [--break "STEP|LINE [if CONDITION]"]... [the options of run that give values and choose steps]\n' +
    '       debug [FILE] --attach RUN',
  summary: {
    en: 'Debug a workflow in the terminal: hold it before steps, look at values and change them',
    zh: '在终端中调试工作流：在步骤之前暂停，查看并更改取值',
  },
  examples: [
    'weft debug digits.workflow.yaml',
    'weft debug digits.workflow.yaml --break "train_wide if parameters.epochs > 3" --set epochs=5',
    'weft debug --attach execution-003',
  ],
  async run(args, console) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.attach !== undefined) return attach(values.attach, positionals, console);
    const ready = await readyRun('debug', positionals, values, console);
    if (!ready) return 1;
    const { read, engine, chosen } = ready;
    const launch = {
      file: read.file,
      engine: engine.name,
      values: valuesOf(ready.values),
      ...(values.scene !== undefined && { scene: values.scene }),
      ...(chosen && { steps: chosen }),
      ...(values.from !== undefined && { from: values.from }),
      ...(values.reuse !== undefined && { reuse: values.reuse }),
      // Where nothing says where to stop, somebody has to be able to say it.
      stopOnEntry: values.break.length === 0,
    };
    const steps = read.workflow.steps.map(({ name }) => name.text);
    const begin = { request: 'launch', args: launch, breakpoints: values.break } as const;
    return interruptible(debugInTerminal({ begin, steps }, process.stdin, console), console);
  },
};

/** Ctrl-C where nobody types has stopped the run. */
async function interruptible(ended: Promise<number>, { signal }: Console): Promise<number> {
  const code = await ended;
  return signal.aborted ? 130 : code;
}

function attach(run: string, positionals: readonly string[], console: Console): Promise<number> {
  if (positionals.length > 1) throw new UsageError('name one workflow file at most: weft debug [FILE] --attach RUN');
  const file = resolve(console.cwd, positionals[0] ?? '.');
  const begin = { request: 'attach', args: { run, file } } as const;
  return interruptible(debugInTerminal({ begin, steps: [] }, process.stdin, console), console);
}

/** As a launch configuration has them. */
function valuesOf(given: GivenValues): Readonly<Record<string, object>> {
  const section = (values: readonly GivenValue[]) =>
    Object.fromEntries(values.map(({ name, value, text }) => [name, text ?? value]));
  return {
    parameters: section(given.parameters),
    data: section(given.data),
    storages: section(given.storages),
    answers: section(given.answers),
  };
}
