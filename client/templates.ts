// What a new workflow starts from: small, without errors, and runnable on this machine as soon as it is written.
import type { Localized } from '../core/text/diagnostic.ts';

export interface Template {
  readonly label: Localized;
  readonly detail: Localized;
  /** Files by their path beside the workflow; one that is there already stays as it is. */
  readonly files: Readonly<Record<string, string>>;
  text(name: string): string;
}

const trainScript = `"""Fits a line through the samples. Replace it by your own training; the arguments and files stay as they are.

python3 train.py --data_url=FOLDER --train_url=FOLDER [--epochs=5]
"""

import argparse
import csv
import json
import os
import time

parser = argparse.ArgumentParser()
parser.add_argument("--data_url", required=True)
parser.add_argument("--train_url", required=True)
parser.add_argument("--epochs", type=int, default=5)
args, _ = parser.parse_known_args()  # the service may add arguments of its own

with open(os.path.join(args.data_url, "samples.csv")) as file:
    samples = [(float(x), float(y)) for x, y in csv.reader(file)]
mean = sum(y for _, y in samples) / len(samples)
spread = sum((y - mean) ** 2 for _, y in samples)

os.makedirs(args.train_url, exist_ok=True)
slope, offset, accuracy = 0.0, mean, 0.0
for epoch in range(1, args.epochs + 1):
    for x, y in samples * 20:
        error = slope * x + offset - y
        slope -= 0.02 * error * x
        offset -= 0.02 * error
    accuracy = 1 - sum((slope * x + offset - y) ** 2 for x, y in samples) / spread
    print(f"epoch {epoch}/{args.epochs}: accuracy {accuracy:.3f}", flush=True)
    metrics = [{"key": "accuracy", "title": "Accuracy", "type": "float", "data": {"value": accuracy}}]
    with open(os.path.join(args.train_url, "metrics.json"), "w") as file:
        json.dump(metrics, file)
    time.sleep(0.2)
with open(os.path.join(args.train_url, "model.json"), "w") as file:
    json.dump({"slope": slope, "offset": offset}, file)
# What makes the folder a model package: the service reads it when the model is registered.
with open(os.path.join(args.train_url, "config.json"), "w") as file:
    json.dump({"model_type": "Custom", "model_algorithm": "regression", "metrics": {"accuracy": accuracy}}, file)
`;

const samples = `0,1.1
1,2.9
2,5.2
3,6.8
4,9.1
`;

const head = (name: string, description: string) => `name: ${name}
description: ${description}

storages:
  output:
    kind: output
    default: /${name}-results/

parameters:
  epochs:
    type: int
    default: 5
    description: How often the training sees the data
`;

const train = `  train:
    type: job
    title: Train
    algorithm:
      code_dir: ./src/
      command: python3 train.py
      engine:
        image_url: org/python:3.11
      parameters:
        epochs: \${{ parameters.epochs }}
    inputs:
      data_url: \${{ data.samples }}
    outputs:
      train_url:
        obs_path: \${{ storages.output }}/model/
`;

const data = `
data:
  samples:
    type: obs
    object_type: directory
    default: ./data/
`;

const flavor = `    spec:
      resource:
        flavor_id: modelarts.vm.cpu.2u
`;

export const templates: readonly Template[] = [
  {
    label: { en: 'Train', zh: '训练' },
    detail: { en: 'One training job', zh: '一个训练作业' },
    files: { 'src/train.py': trainScript, 'data/samples.csv': samples },
    text: (name) => `${head(name, 'Train a model')}${data}
steps:
${train}${flavor}`,
  },
  {
    label: { en: 'Train, check, register', zh: '训练、检查、注册' },
    detail: {
      en: 'A training job, and its model is registered when the accuracy is good enough',
      zh: '一个训练作业，精度达标时注册模型',
    },
    files: { 'src/train.py': trainScript, 'data/samples.csv': samples },
    text: (name) => `${head(name, 'Train a model and register it when it is good enough')}  min_accuracy:
    type: float
    default: 0.8
    description: A model that is worse than this is not registered
${data}
steps:
${train}      metrics:
        metric_files:
          - \${{ storages.output }}/model/metrics.json
${flavor}
  register:
    type: model
    title: Register the model
    inputs:
      model: \${{ steps.train.outputs.train_url }}
    outputs:
      registered:
        model_type: Custom
        model_name: ${name}
    policy:
      skip_conditions: steps.train.outputs.metrics.accuracy < parameters.min_accuracy
`,
  },
];
