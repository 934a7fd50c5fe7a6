// Delayed parameters that may stay empty.
import { booleanOf, entryOf } from './read.ts';
import type { Rule } from './rule.ts';

export const parameterDelayOptional: Rule = {
  code: 'parameter-delay-optional',
  severity: 'error',
  scope: 'declaration',
  kind: 'parameter',
  source: 'Guide 5.2.2 (WG-46)',
  docs: {
    en: 'A delayed parameter stops the run until it has a value, so it cannot be optional at the same time.',
    zh: '延迟参数会让运行停下等待赋值，因此不能同时是可选的。',
    fails: 'parameters:\n  threshold: { type: float, delay: true, required: false }\n',
    passes: 'parameters:\n  threshold: { type: float, delay: true }\n',
  },
  *check({ fields, name }) {
    if (booleanOf(fields, 'delay') !== true || booleanOf(fields, 'required') !== false) return;
    yield {
      origin: entryOf(fields, 'required')!.value.origin,
      message: {
        en: `\`${name.text}\` is delayed, so the run waits for it: it cannot be optional. Drop \`delay\` or \`required: false\`.`,
        zh: `“${name.text}”为延迟参数，运行会等待其取值，因此不能可选。请去掉 \`delay\` 或 \`required: false\`。`,
      },
    };
  },
};
