// What the rules about unknown references share: the wording, with the nearest name as a fix.
import type { Use } from '../refs/bind.ts';
import type { Localized } from '../text/diagnostic.ts';
import { rename } from './fixes.ts';
import type { Found, UnknownName } from './rule.ts';

/** Of a use that stands in a reference. */
export function unresolved({ use, suggestion }: UnknownName, what: Localized): Found {
  const { text, origin } = use.name;
  return {
    origin,
    message: {
      en: `There is no ${what.en} \`${text}\`${within(use).en}.${suggestion ? ` Did you mean \`${suggestion}\`?` : ''}`,
      zh: `${within(use).zh}没有${what.zh}“${text}”。${suggestion ? `是否想写“${suggestion}”？` : ''}`,
    },
    ...(suggestion && { fixes: rename(use.name, suggestion) }),
  };
}

function within({ kind, value }: Use): Localized {
  if (kind !== 'output' || value?.reference.root !== 'steps') return { en: ' in this workflow', zh: '本工作流中' };
  const step = value.reference.step.text;
  return { en: ` of the step \`${step}\``, zh: `步骤“${step}”` };
}
