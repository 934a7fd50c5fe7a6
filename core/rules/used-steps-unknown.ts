// `used_steps` that name no step.
import type { Rule } from './rule.ts';

export const usedStepsUnknown: Rule = {
  code: 'used-steps-unknown',
  severity: 'error',
  scope: 'name',
  source: 'REST CreateWorkflow, tables 8, 10 and 11 (inferred)',
  docs: {
    en: '`used_steps` lists the steps that use a parameter or data. Files leave it out: it is computed on release.',
    zh: '`used_steps` 列出使用该参数或数据的步骤。文件中无需填写，发布时会自动计算。',
    fails: 'parameters:\n  epochs: { type: int, used_steps: [old_job] }\nsteps:\n  training:\n    type: job\n',
    passes: 'parameters:\n  epochs: { type: int, used_steps: [training] }\nsteps:\n  training:\n    type: job\n',
  },
  *check({ use: { name, place } }) {
    if (place.kind !== 'used-steps') return;
    yield {
      origin: name.origin,
      message: {
        en: `\`used_steps\` of \`${place.declaration.name.text}\` names \`${name.text}\`, which is no step of this workflow.`,
        zh: `“${place.declaration.name.text}”的 \`used_steps\` 中的“${name.text}”不是本工作流的步骤。`,
      },
    };
  },
};
