// weft answer RUN STEP [name=value...]: continues a step that waits, with the values that it waits for.
import { parseArgs } from 'node:util';
import type { NamedInput } from '../../core/api/service.ts';
import { clientOf } from '../cloud.ts';
import { type Command, UsageError } from '../command.ts';
import { findRun, findStep, pathOf } from '../find-run.ts';

export const answerCommand: Command = {
  name: 'answer',
  usage: 'answer RUN STEP [name=value...] [--engine NAME]',
  summary: { en: 'Continue a step that waits for a person', zh: '应答并继续等待中的节点' },
  examples: ['weft answer execution-004 labeling', `weft answer execution-004 serve 'models=[{"model_name": "digits"}]'`],
  async run(args, console) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { engine: { type: 'string' }, credentials: { type: 'string' } },
      allowPositionals: true,
    });
    const [runName, stepName, ...given] = positionals;
    if (runName === undefined || stepName === undefined) throw new UsageError('name the run and the step: weft answer RUN STEP');
    const client = await clientOf(console, values.engine, values.credentials);
    const run = await findRun(client, runName);
    const step = findStep(run, stepName);
    const kinds = new Map(step.needs.map(({ name, kind }) => [name, kind]));
    const parameters: NamedInput[] = [];
    const data: NamedInput[] = [];
    for (const each of given) {
      const at = each.indexOf('=');
      const name = each.slice(0, at);
      if (at <= 0) throw new UsageError(`values are written name=value, and "${each}" is not`);
      const kind = kinds.get(name);
      if (!kind)
        throw new UsageError(
          `${step.name} does not wait for "${name}"; it waits for ${[...kinds.keys()].join(', ') || 'no value'}`,
        );
      (kind === 'parameter' ? parameters : data).push({ name, value: valueOf(each.slice(at + 1)) });
    }
    const path = { ...pathOf(run), step_execution_id: step.uuid };
    const body = { action_name: 'continue', parameters, data_requirements: data } as const;
    await client.call('CreateWorkflowStepExecutionsActions', { path, body });
    console.out(`${step.name} of ${run.name} goes on.\n`);
    return 0;
  },
};

/** JSON where it looks like it, else the text. */
function valueOf(text: string): unknown {
  if (!/^\s*[{["]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${text} is no JSON (${(error as Error).message})`);
  }
}
