// Scenes and sub-graphs that name no step.
import { rename } from './fixes.ts';
import type { Rule } from './rule.ts';

export const sceneStepUnknown: Rule = {
  code: 'scene-step-unknown',
  severity: 'error',
  scope: 'name',
  source: 'Guide 5.11.1; REST CreateWorkflow, table 18 (WG-122)',
  docs: {
    en: 'A scene is a subset of the steps of the workflow, for partial runs.',
    zh: '场景是工作流步骤的子集，用于部分运行。',
    fails: 'steps:\n  training:\n    type: job\nscenes:\n  train only: [trainning]\n',
    passes: 'steps:\n  training:\n    type: job\nscenes:\n  train only: [training]\n',
  },
  *check({ use: { name, place }, suggestion }) {
    if (place.kind !== 'scene' && place.kind !== 'sub-graph') return;
    const scene = place.scene.name.text;
    yield {
      origin: name.origin,
      message: {
        en: `\`${scene}\` lists \`${name.text}\`, which is no step of this workflow.${suggestion ? ` Did you mean \`${suggestion}\`?` : ''}`,
        zh: `“${scene}”列出的“${name.text}”不是本工作流的步骤。${suggestion ? `是否想写“${suggestion}”？` : ''}`,
      },
      ...(suggestion && { fixes: rename(name, suggestion) }),
    };
  },
};
