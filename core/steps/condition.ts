// Decides which of two branches runs (guide 3.18).
import type { StepKind } from './step-kind.ts';

export const condition: StepKind = {
  type: 'condition',
  label: { en: 'Condition', zh: '条件' },
  summary: {
    en: 'Takes one of two branches, by parameters or by metrics of jobs.',
    zh: '根据参数或作业指标，在两个分支中选择其一。',
  },
  takes: [],
  takesChoice: false,
  inputs: 'none',
  outputs: 'none',
  decides: true,
  skippable: false,
  waitsForPerson: false,
  makes: () => undefined,
  passesOn: false,
  versioned: false,
  variables: [],
  snippet: `\${1:check}:
  type: condition
  conditions: steps.\${2:training}.outputs.\${3:metrics}.\${4:accuracy} > \${5:0.9}
  if_then_steps: [\${6:model}]
  else_then_steps: [\${7:retrain}]
`,
};
