// Scenes with a step that reads one outside of them.
import type { Rule } from './rule.ts';

export const sceneCutsData: Rule = {
  code: 'scene-cuts-data',
  severity: 'warning',
  scope: 'workflow',
  source: 'Guide 5.11.1; decision 9.7 (WG-123)',
  docs: {
    en: 'The step that is read does not run in this scene, so a run of it has to ask for the data.',
    zh: '被读取的步骤不在该场景中运行，因此运行时需要询问其数据。',
    fails:
      'steps:\n  training:\n    type: job\n    outputs: { model: { obs_path: /bucket/model/ } }\n  model:\n    type: model\n    inputs: { files: "${{ steps.training.outputs.model }}" }\nscenes:\n  register only: [model]\n',
    passes:
      'steps:\n  training:\n    type: job\n    outputs: { model: { obs_path: /bucket/model/ } }\n  model:\n    type: model\n    inputs: { files: "${{ steps.training.outputs.model }}" }\nscenes:\n  register: [training, model]\n',
  },
  *check({ bound }) {
    for (const { name: scene, steps, unread } of bound.workflow.scenes) {
      const inside = new Set(steps.map((each) => each.text));
      // A name that is no step may be the missing one: that is the finding then.
      if (unread || steps.some((each) => !bound.steps.has(each.text))) continue;
      for (const name of steps) {
        const { step } = bound.steps.get(name.text)!;
        const cut = bound.dependencies.get(step)!.reads.find((read) => !inside.has(read.step.name.text));
        if (!cut) continue;
        const other = cut.step.name.text;
        yield {
          origin: name.origin,
          message: {
            en: `\`${name.text}\` reads \`${other}\`, which is not part of \`${scene.text}\`: its data will be asked for.`,
            zh: `“${name.text}”读取了不在场景“${scene.text}”中的“${other}”：运行时会询问该数据。`,
          },
          related: [{ origin: cut.name.origin, message: { en: `\`${other}\` is read here`, zh: `在此读取“${other}”` } }],
        };
      }
    }
  },
};
