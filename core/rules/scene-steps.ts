// Scenes without steps, with a step twice, or with the name of another.
import { repeated } from './names.ts';
import type { Rule } from './rule.ts';

export const sceneSteps: Rule = {
  code: 'scene-steps',
  severity: 'error',
  scope: 'workflow',
  source: 'Guide 5.11.1 (WG-122)',
  docs: {
    en: 'A scene has a name of its own and lists at least one step, each once.',
    zh: '场景名称唯一，至少包含一个步骤，且每个步骤只出现一次。',
    fails: 'steps:\n  training:\n    type: job\nscenes:\n  train only: [training, training]\n',
    passes: 'steps:\n  training:\n    type: job\nscenes:\n  train only: [training]\n',
  },
  *check({ bound: { workflow } }) {
    yield* repeated(workflow.scenes, { en: 'scene name', zh: '场景名称' });
    for (const { steps } of workflow.scenes) {
      yield* repeated(
        steps.map((each) => ({ name: each })),
        { en: 'step', zh: '步骤' },
      );
    }
  },
};
