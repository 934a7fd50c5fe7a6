// Jobs that read a dataset straight from the step that made or filled it.
import type { Step } from '../ir/workflow.ts';
import { stepKind } from '../steps/step-kinds.ts';
import { isReference } from './read.ts';
import type { Rule } from './rule.ts';

export const jobDatasetUnversioned: Rule = {
  code: 'job-dataset-unversioned',
  severity: 'warning',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.1.3, note on table 5-4 (WG-26, inferred)',
  docs: {
    en: 'create_dataset and dataset_import do not publish a version, which a job needs: put a release_dataset step between.',
    zh: 'create_dataset 与 dataset_import 不会发布版本，而作业需要版本：请在中间加入 release_dataset 步骤。',
    fails:
      'steps:\n  create:\n    type: create_dataset\n    outputs: { dataset: { obs_path: /bucket/out/ } }\n  training:\n    type: job\n    inputs: { data_url: "${{ steps.create.outputs.dataset }}" }\n',
    passes:
      'steps:\n  create:\n    type: create_dataset\n    outputs: { dataset: { obs_path: /bucket/out/ } }\n  release:\n    type: release_dataset\n    inputs: { input_data: "${{ steps.create.outputs.dataset }}" }\n    outputs: { version: { label_task_type: IMAGE_CLASSIFICATION } }\n  training:\n    type: job\n    inputs: { data_url: "${{ steps.release.outputs.version }}" }\n',
  },
  *check({ step, binding, inputKind }) {
    for (const input of step.inputs) {
      if (!isReference(input.data, 'steps') || inputKind(input) !== 'dataset') continue;
      const source = binding.uses.find((use) => use.kind === 'step' && use.value === input.data)?.target as Step | undefined;
      if (!source || stepKind(source.type)?.versioned !== false) continue;
      yield {
        origin: input.data.origin,
        message: {
          en: `\`${source.name.text}\` publishes no version of the dataset, which a job needs: release one with a release_dataset step.`,
          zh: `“${source.name.text}”不发布数据集版本，而作业需要版本：请用 release_dataset 步骤发布。`,
        },
      };
    }
  },
};
