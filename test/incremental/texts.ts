// The documents that the random edits begin with: every rule's examples, bodies of the corpus, and texts in every style of YAML.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Form } from '../../core/ir/entries.ts';
import { rules } from '../../core/rules/index.ts';
import { workflow } from '../server/workflow.ts';
import { generatedWorkflow } from '../support/generated/workflow.ts';

export interface Start {
  readonly form: Form;
  readonly text: string;
}

const root = join(fileURLToPath(new URL('../..', import.meta.url)));
const read = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .sort()
    .map((file) => readFileSync(join(root, file), 'utf8'));

const anchors = `name: 带锚点的流程 🚀
x-base: &base
  type: job
  spec: &spec { resource: { flavor_id: cpu } }
parameters:
  轮数: &p { type: int, default: 3 }
  b: *p
  c: &q
    type: str
    default: "a
      b"
data: &data
  图片: { type: dataset, data_type: IMAGE }
steps:
  first:
    <<: *base
    outputs: [o]
  second:
    <<: [*base, { title: 二 }]
    spec: *spec
    inputs: { i: "\${{ steps.first.outputs.o }}", j: "\${{ data['图片'] }}" }
    outputs: &outs
      out: { obs_path: /bucket/输出/ }
  third:
    type: job
    depend_steps: [second, first]
    algorithm: { command: "echo \\"\${{ parameters['轮数'] }}\\"" }
    outputs: *outs
`;

const lists = `%YAML 1.2
--- # the first document
name: lists
parameters:
- { name: p, type: int }
- name: q
  type: list
  format: str
- name: p
  type: bool
data:
  - name: d
    type: dataset
  - { name: d, type: obs, value: { obs_path: /b/x/ } }
steps:
  - name: a
    type: release_dataset
    inputs:
    - { name: i, data: "\${{ data.d }}" }
    outputs: [{ name: o }]
  - type: job
    name: b
    description: |
      # no comment
        indented: text

      - end
    inputs:
      - name: i
        data: { select: ["\${{ steps.a.outputs.o }}", "\${{ steps.c.outputs.o }}"] }
    policy:
      skip_conditions: parameters.p == true
  - name: c
    type: dataset_import
    inputs: [{ name: i, data: "\${{ steps.a.outputs.o }}" }]
    outputs: [o]
scenes:
  s: [a, b]
  t: [b, missing]
sub_graphs:
  g: [a, c]
notifications:
  - { topic_urn: u, step: c, events: [failed] }
...
--- # a second one
name: other
`;

const graph = `name: graph
parameters: { x: { type: int }, y: { type: bool } }
steps:
  a: { type: job, outputs: { o: { obs_path: /b/a/ }, m: { metric_files: [/b/m.json] } } }
  b: { type: job, depend_steps: [a], inputs: { i: "\${{ steps.a.outputs.o }}" }, outputs: [o] }
  c: { type: condition, conditions: steps.a.outputs.m.acc > 0.5 && parameters.x in [1, 2], if_then_steps: [d], else_then_steps: [e] }
  d: { type: job, inputs: { i: "\${{ steps.b.outputs.o }}" }, outputs: [o], policy: { skip_conditions: parameters.y == true } }
  e: { type: job, depend_steps: [c], inputs: { i: "\${{ steps.b.outputs.o }}" }, outputs: [o] }
  f: { type: model, inputs: { i: { select: ["\${{ steps.d.outputs.o }}", "\${{ steps.e.outputs.o }}"] } }, outputs: [model] }
  g: { type: service, depend_steps: [f, h], inputs: { i: "\${{ steps.f.outputs.model }}" } }
  h: { type: job, depend_steps: [b], inputs: { i: "\${{ steps.d.outputs.o }}" } }
`;

const inline = `name: inline
storages: { s: { kind: output, default: /b/ } }
parameters: { used: { type: float, default: 0.1 } }
steps:
  train:
    type: job
    algorithm:
      parameters:
        lr: { parameter: rate, type: float, default: 0.1 }
        epochs: { parameter: used, type: int, default: 3 }
    outputs:
      o: { obs_path: "\${{ storages.s(create_dir=false) }}/x.bin" }
  fill:
    type: dataset_import
    inputs: { target: "\${{ data.x }}", source: "\${{ steps.train.outputs.o }}" }
    outputs: [filled]
  next:
    type: release_dataset
    inputs: { i: "\${{ steps.fill.outputs.filled }}" }
    outputs: { v: { version_name: "\${{ parameters.rate }}" } }
data: { x: { type: dataset } }
`;

const file = (text: string): Start => ({ form: 'file', text });
const body = (text: string): Start => ({ form: 'body', text });

export const starts: readonly Start[] = [
  ...rules.flatMap(({ docs }) => [file(docs.fails), file(docs.passes)]),
  ...[anchors, lists, graph, inline, workflow].flatMap((text) => [text, text, text, text.replaceAll('\n', '\r\n')]).map(file),
  ...read('examples/digits/*.workflow.yaml').map(file),
  file(generatedWorkflow(6)),
  file(''),
  ...read('test/corpus/bodies/*.json')
    .map((text) => JSON.stringify((JSON.parse(text) as { body?: unknown }).body, null, 2))
    .filter((text) => text.length < 2_000)
    .map(body),
];
