// What the rules about unknown references share: one finding per use with a given problem, with the nearest name as a fix.
import type { Use, UseProblem } from '../refs/bind.ts';
import { nearest } from '../refs/nearest.ts';
import type { Localized } from '../text/diagnostic.ts';
import { rename } from './fixes.ts';
import type { Found, WorkflowView } from './rule.ts';

export function* unresolved(
  { problems }: WorkflowView,
  problem: UseProblem,
  what: Localized,
  names: (use: Use) => Iterable<string>,
): Generator<Found> {
  for (const use of problems) {
    if (use.problem !== problem || !use.value) continue;
    const { text, origin } = use.name;
    const suggestion = nearest(text, names(use));
    yield {
      origin,
      message: {
        en: `There is no ${what.en} \`${text}\`${within(use).en}.${suggestion ? ` Did you mean \`${suggestion}\`?` : ''}`,
        zh: `${within(use).zh}没有${what.zh}“${text}”。${suggestion ? `是否想写“${suggestion}”？` : ''}`,
      },
      ...(suggestion && { fixes: rename(use.name, suggestion) }),
    };
  }
}

function within(use: Use): Localized {
  const reference = use.value!.reference;
  if (use.kind !== 'output' || reference.root !== 'steps') return { en: ' in this workflow', zh: '本工作流中' };
  return { en: ` of the step \`${reference.step.text}\``, zh: `步骤“${reference.step.text}”` };
}
