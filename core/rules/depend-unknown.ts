// `depend_steps` that name no step.
import { rename } from './fixes.ts';
import type { Rule } from './rule.ts';

export const dependUnknown: Rule = {
  code: 'depend-unknown',
  severity: 'error',
  scope: 'name',
  source: 'Guide 5.1.2 table 5-2 (WG-12)',
  docs: {
    en: 'The service refuses a workflow whose step depends on a step that is not part of it.',
    zh: '步骤依赖的步骤必须属于同一工作流，否则服务会拒绝。',
    fails: 'steps:\n  release:\n    type: release_dataset\n    depend_steps: [labelling]\n  labeling:\n    type: labeling\n',
    passes: 'steps:\n  release:\n    type: release_dataset\n    depend_steps: [labeling]\n  labeling:\n    type: labeling\n',
  },
  *check({ use: { name, place }, suggestion }) {
    if (place.kind !== 'depend') return;
    yield {
      origin: name.origin,
      message: {
        en: `\`${place.step.name.text}\` depends on \`${name.text}\`, which is no step of this workflow.${suggestion ? ` Did you mean \`${suggestion}\`?` : ''}`,
        zh: `“${place.step.name.text}”依赖的“${name.text}”不是本工作流的步骤。${suggestion ? `是否想写“${suggestion}”？` : ''}`,
      },
      ...(suggestion && { fixes: rename(name, suggestion) }),
    };
  },
};
