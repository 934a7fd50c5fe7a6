// References to parameters that are not declared.
import type { Rule } from './rule.ts';
import { unresolved } from './unresolved.ts';

export const refParameterUnknown: Rule = {
  code: 'ref-parameter-unknown',
  severity: 'error',
  scope: 'name',
  source: 'Guide 5.2.2; REST CreateWorkflow, table 2 (WG-15)',
  docs: {
    en: 'A parameter that is not declared is never asked for and has no value.',
    zh: '未声明的参数不会被询问，也没有值。',
    fails:
      'parameters:\n  epochs: { type: int, default: 3 }\nsteps:\n  training:\n    type: job\n    algorithm:\n      parameters:\n        epochs: ${{ parameters.epoch }}\n',
    passes:
      'parameters:\n  epochs: { type: int, default: 3 }\nsteps:\n  training:\n    type: job\n    algorithm:\n      parameters:\n        epochs: ${{ parameters.epochs }}\n',
  },
  *check(unknown) {
    if (unknown.problem === 'unknown-parameter') yield unresolved(unknown, { en: 'parameter', zh: '参数' });
  },
};
