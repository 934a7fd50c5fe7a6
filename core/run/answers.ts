// What was answered beforehand to a step that waits: `answers` of a values file. Source: language.md part 6.
import type { PlainMap, Plain } from '../plan/plain.ts';
import type { NamedValue, Need, RunValues } from './events.ts';

export type PreparedAnswer =
  | { readonly kind: 'values'; readonly values: RunValues }
  /** Not what the step waits for. */
  | { readonly kind: 'unfit'; readonly message: string };

/** `newestModels`: the value for a list of models that the answer `newest` stands for; undefined where there is no model. */
export function prepareAnswer(
  answer: unknown,
  step: string,
  needs: readonly Need[],
  newestModels: () => Plain | undefined,
): PreparedAnswer {
  const asked = needs.filter(({ kind }) => kind !== 'work');
  if (answer === 'continue') {
    return asked.length === 0 ? values([]) : unfit(step, `it waits for ${listOf(asked)}, and "continue" gives no value`);
  }
  const lists = asked.filter(({ type }) => type === 'model_list');
  if (answer === 'newest') {
    if (lists.length === 0) return unfit(step, `"newest" answers a list of models, and it waits for ${listOf(asked)}`);
    const models = newestModels();
    if (models === undefined) return unfit(step, 'there is no registered model that "newest" could be');
    return values(lists.map((need) => ({ need, value: models })));
  }
  if (Array.isArray(answer)) {
    if (lists.length === 0) return unfit(step, `a list answers a list of models, and it waits for ${listOf(asked)}`);
    return values(lists.map((need) => ({ need, value: answer as Plain })));
  }
  if (typeof answer === 'object' && answer !== null) {
    const given = answer as PlainMap;
    const left = asked.filter(({ name }) => !Object.hasOwn(given, name));
    if (left.length > 0) return unfit(step, `it still needs ${listOf(left)}`);
    return values(asked.map((need) => ({ need, value: given[need.name]! })));
  }
  if (asked.length === 1) return values([{ need: asked[0]!, value: answer as Plain }]);
  return unfit(step, `"${String(answer)}" is no answer; write continue, newest, a list of models, or values by name`);
}

function values(given: readonly { readonly need: Need; readonly value: Plain }[]): PreparedAnswer {
  const of = (wanted: (need: Need) => boolean): readonly NamedValue[] =>
    given.filter(({ need }) => wanted(need)).map(({ need, value }) => ({ name: need.name, value }));
  return {
    kind: 'values',
    values: { parameters: of(({ kind }) => kind === 'parameter'), data: of(({ kind }) => kind === 'data') },
  };
}

function unfit(step: string, message: string): PreparedAnswer {
  return { kind: 'unfit', message: `The prepared answer of step "${step}" does not fit: ${message}.` };
}

function listOf(needs: readonly Need[]): string {
  return needs.length === 0 ? 'a person' : needs.map(({ name, type }) => `${name} (${type})`).join(', ');
}
