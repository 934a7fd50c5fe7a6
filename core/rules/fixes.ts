// Edits that rules offer. They change as little as they can and keep the style that stands there.
import type { Name, Step } from '../ir/workflow.ts';
import type { Fix, Localized } from '../text/diagnostic.ts';
import { type Origin, spanOf } from '../text/origin.ts';

export function replace(origin: Origin, text: string, title?: Localized): Fix {
  return {
    title: title ?? { en: `Change to \`${text}\``, zh: `改为 \`${text}\`` },
    edits: [{ span: spanOf(origin), text }],
    preferred: true,
  };
}

/** Another name in place of this one, quoted as it is. */
export function rename(name: Name, to: string): (text?: string) => readonly Fix[] {
  return (text) => {
    const { start, end } = spanOf(name.origin);
    const quote = /^["']/.exec(text?.slice(start, end) ?? '')?.[0] ?? '';
    const title = { en: `Change to \`${to}\``, zh: `改为 \`${to}\`` };
    return [{ title, edits: [{ span: { start, end }, text: quote + to + quote }], preferred: true }];
  };
}

/** Adds a step to a written `depend_steps`, in the style of the list. Nothing where the list cannot be found in the text. */
export function addDependency(step: Step, name: string): (text?: string) => readonly Fix[] {
  return (text) => {
    if (text === undefined) return [];
    const edit = listInsertion(text, step, name);
    if (!edit) return [];
    const title = {
      en: `Add \`${name}\` to \`depend_steps\` of \`${step.name.text}\``,
      zh: `将“${name}”加入“${step.name.text}”的 \`depend_steps\``,
    };
    return [{ title, edits: [edit], preferred: true }];
  };
}

function listInsertion(text: string, step: Step, name: string) {
  const last = step.dependSteps?.at(-1);
  if (last) {
    const { start, end } = spanOf(last.origin);
    const quote = /^["']/.exec(text.slice(start, end))?.[0] ?? '';
    const line = text.lastIndexOf('\n', start - 1) + 1;
    const dash = /^\s*-\s+$/.exec(text.slice(line, start))?.[0];
    const before = dash === undefined ? ', ' : `\n${dash}`;
    return { span: { start: end, end }, text: before + quote + name + quote };
  }
  const { start, end } = spanOf(step.origin);
  const empty = /(depend_steps(["']?)\s*:\s*\[)\s*\]/.exec(text.slice(start, end));
  if (!empty) return undefined;
  const at = start + empty.index + empty[1]!.length;
  const quote = empty[2] === '"' ? '"' : '';
  return { span: { start: at, end: start + empty.index + empty[0].length - 1 }, text: quote + name + quote };
}
