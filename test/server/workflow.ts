// One workflow that the tests of features look at, and how to point into it.
import assert from 'node:assert/strict';
import type { Position, Range } from '../../core/text/source.ts';
import { SourceText } from '../../core/text/source.ts';

export const workflow = `# two steps and a decision
name: small
description: to look at
storages:
  output: { kind: output, default: /bucket/out/ }
parameters:
  epochs: { type: int, default: 3, description: passes over the data }
  limit: { type: float, default: 0.5 }
  resource: { type: json, format: train_flavor }
data:
  pictures: { type: dataset, data_type: IMAGE }
steps:
  release:
    type: release_dataset
    inputs:
      input_data: \${{ data.pictures }}
    outputs:
      labeled: { label_task_type: IMAGE_CLASSIFICATION }
  training:
    type: job
    title: Train
    algorithm:
      code_dir: ./src/train
      boot_file: main.py
      engine: { image_url: org/image:1 }
      parameters:
        epochs: \${{ parameters.epochs }}
    inputs:
      data_url: \${{ steps.release.outputs.labeled }}
    outputs:
      train_url: { obs_path: "\${{ storages.output }}/model/" }
      metrics: { metric_files: ["\${{ storages.output }}/model/metrics.json"] }
    spec:
      resource: { flavor: "\${{ parameters.resource }}" }
  check:
    type: condition
    conditions: steps.training.outputs.metrics.accuracy > parameters.limit && !(steps.training.outputs.metrics.loss > 1 || steps.training.outputs.metrics.loss < 0)
    if_then_steps: [register]
  register:
    type: model
    depend_steps: [training, check]
    inputs:
      model_input: \${{ steps.training.outputs.train_url }}
    outputs:
      model_output: { model_type: PyTorch, model_name: small }
scenes:
  first half: [release, training]
`;

export interface Pointer {
  /** Position inside of the given occurrence of a text, `|` in it saying where; its start when there is none. */
  at(pattern: string, occurrence?: number): Position;
  textOf(range: Range): string;
  /** `line: text` for a range, lines from 1. */
  show(range: Range): string;
}

export function pointer(text: string): Pointer {
  const source = new SourceText(text);
  const textOf = (range: Range) => text.slice(source.offsetAt(range.start), source.offsetAt(range.end));
  return {
    at(pattern, occurrence = 1) {
      const inside = Math.max(0, pattern.indexOf('|'));
      const wanted = pattern.replace('|', '');
      let offset = -1;
      for (let count = 0; count < occurrence; count++) offset = text.indexOf(wanted, offset + 1);
      assert.ok(offset >= 0, `\`${wanted}\` stands in the text`);
      return source.positionAt(offset + inside);
    },
    textOf,
    show: (range) => `${range.start.line + 1}: ${textOf(range)}`,
  };
}
