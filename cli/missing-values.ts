// Values that a run has to be given and is not: asked for in a terminal; elsewhere all of them are the error.
import type { GivenValues } from '../core/config/values-file.ts';
import type { Need } from '../core/run/events.ts';
import { type Console, UsageError } from './command.ts';
import { ask, questionFor } from './prompt.ts';

/** Throws a UsageError where nobody can be asked. */
export async function completed(given: GivenValues, missing: readonly Need[], console: Console): Promise<GivenValues> {
  if (missing.length === 0) return given;
  if (!console.interactive) {
    const list = missing.map(({ kind, name, type, description }) => {
      const option = kind === 'parameter' ? 'set' : kind;
      return `\n  --${option} ${name}=...  ${type}${description ? `: ${description}` : ''}`;
    });
    throw new UsageError(`the run needs values that have no default:${list.join('')}`);
  }
  const added: { [Section in keyof GivenValues]: GivenValues[Section][number][] } = {
    parameters: [],
    storages: [],
    data: [],
    answers: [],
  };
  for (const need of missing) {
    const text = await ask(questionFor(need), console, (answer) => (answer === '' ? 'A value is needed.' : undefined));
    added[need.kind === 'parameter' ? 'parameters' : need.kind === 'storage' ? 'storages' : 'data'].push({
      name: need.name,
      value: text,
      text,
    });
  }
  return {
    parameters: [...given.parameters, ...added.parameters],
    storages: [...given.storages, ...added.storages],
    data: [...given.data, ...added.data],
    answers: given.answers,
  };
}
