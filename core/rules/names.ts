// What names may look like: the rule of the REST API, and the narrower one of the SDK (decision 9.1: refused by the API is an
// error, refused by the SDK alone a warning).
import type { Declaration, Name } from '../ir/workflow.ts';
import type { StepBinding } from '../refs/bind.ts';
import type { NameIndex } from '../refs/names.ts';
import type { Localized } from '../text/diagnostic.ts';
import type { Found } from './rule.ts';

/** Letters, digits, `_` and `-`; the first a letter. */
const sdkForm = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** Chinese letters and spaces too. */
const apiForm = /^[A-Za-z\u4e00-\u9fff][A-Za-z0-9_ \u4e00-\u9fff-]*$/;

export const maxNameLength = 64;

/** `wide`: the API takes Chinese letters and spaces here. */
export function badForm(name: Name, what: Localized, wide: boolean): Found | undefined {
  const { text, origin } = name;
  if (text === '' || sdkForm.test(text)) return undefined;
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  if (wide && apiForm.test(text)) {
    return {
      origin,
      severity: 'warning',
      message: {
        en: `The service takes the ${what.en} \`${shown}\`, but the SDK does not: use English letters, digits, \`_\` and \`-\`, starting with a letter.`,
        zh: `服务接受${what.zh}“${shown}”，但 SDK 不接受：请使用英文字母、数字、\`_\` 和 \`-\`，并以字母开头。`,
      },
    };
  }
  return {
    origin,
    message: {
      en: `\`${shown}\` is no ${what.en}: letters, digits, \`_\` and \`-\` are allowed, and it starts with a letter.`,
      zh: `“${shown}”不能作为${what.zh}：只允许字母、数字、\`_\` 和 \`-\`，并以字母开头。`,
    },
  };
}

export function badLength(name: Name, what: Localized): Found | undefined {
  const length = [...name.text].length;
  if (length >= 1 && length <= maxNameLength) return undefined;
  return {
    origin: name.origin,
    message:
      length === 0
        ? { en: `The ${what.en} is empty.`, zh: `${what.zh}为空。` }
        : {
            en: `The ${what.en} has ${length} characters; the service takes up to ${maxNameLength}.`,
            zh: `${what.zh}有 ${length} 个字符；服务最多接受 ${maxNameLength} 个。`,
          },
  };
}

/** One finding for every name that another before it has, with a link to the first. */
export function* repeated(nodes: readonly { readonly name: Name }[], what: Localized): Generator<Found> {
  const first = new Map<string, Name>();
  for (const { name } of nodes) {
    const before = first.get(name.text);
    if (before) yield usedTwice(name, before, what);
    else first.set(name.text, name);
  }
}

/** The same for all names of a collection. */
export function* repeatedIn(index: NameIndex<Declaration> | NameIndex<StepBinding>, what: Localized): Generator<Found> {
  for (const { all } of index.repeated) {
    const [first, ...others] = all.map((each) => ('step' in each ? each.step.name : each.name));
    for (const name of others) yield usedTwice(name, first!, what);
  }
}

function usedTwice({ text, origin }: Name, first: Name, what: Localized): Found {
  return {
    origin,
    message: { en: `The ${what.en} \`${text}\` is used twice.`, zh: `${what.zh}“${text}”重复。` },
    related: [{ origin: first.origin, message: { en: 'First used here', zh: '首次出现于此' } }],
  };
}
