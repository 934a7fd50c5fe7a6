// A finding about a workflow in TypeScript stands on the very value in its text, wherever the author wrote it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { head, markedText, read, withJob } from './typescript-file.ts';

const engine =
  "algorithm: { code_dir: './a/', command: 'x', engine: { image_url: 'b/c:1' } }, spec: { resource: { flavor: { flavor_id: 'f' } } }";

test('a wrong step name, enum value, output, member and number are each marked on the value', async () => {
  const wrong = {
    "depend_steps: ['trainn'],": "depend-unknown: 'trainn'",
    "outputs: { m: { obs_path: '/b/o/', model_type: 'Pytorchh' } },": "value-unknown: 'Pytorchh'",
    "titel: 'x',": 'member-unknown: titel',
    "policy: { poll_interval_seconds: 'often' },": "policy-interval-not-positive: 'often'",
  };
  for (const [settings, mark] of Object.entries(wrong)) {
    const { marks } = await read(withJob(settings));
    assert.ok(marks.includes(mark), `${settings} gave ${JSON.stringify(marks)}`);
  }
});

test('a reference to an output that does not exist is marked at the name of the output', async () => {
  const text = `${head}
const a = wf.job('a', { ${engine}, outputs: { out: { obs_path: '/b/o/' } } });
const b = wf.job('b', { ${engine}, inputs: { data: (a.outputs as any).nope } });
export default wf.workflow('flow', {}, [a, b]);
`;
  const { marks } = await read(text);
  assert.deepEqual(
    marks.filter((mark) => mark.startsWith('ref-')),
    ['ref-output-unknown: nope'],
  );
});

test('in a condition each operand has its place', async () => {
  const text = `${head}
const a = wf.job('a', { ${engine}, outputs: { out: { obs_path: '/b/o/' } } });
const c = wf.condition('c', { conditions: [wf.when\`\${(a.outputs as any).nope.accuracy} > 0.5\`, wf.gt((a.outputs as any).nil.x, 3)] });
export default wf.workflow('flow', {}, [a, c]);
`;
  const { marks } = await read(text);
  assert.deepEqual(
    marks.filter((mark) => mark.startsWith('ref-')),
    ['ref-output-unknown: nope', 'ref-output-unknown: nil'],
  );
});

test('a cycle is marked at the names that make it', async () => {
  const text = `${head}
const a = wf.job('a', { ${engine}, depend_steps: ['b'] });
const b = wf.job('b', { ${engine}, depend_steps: [a] });
export default wf.workflow('flow', {}, [a, b]);
`;
  const { marks } = await read(text);
  assert.deepEqual(
    marks.filter((mark) => mark.startsWith('depend-cycle')),
    ["depend-cycle: 'b'"],
  );
});

test('a value is marked where it is written: behind constants, spreads, helpers and their parameters', async () => {
  const written = {
    constant: [withJob('outputs: { m: { obs_path: "/b/", model_type: kind } },', 'const kind = "Nope";'), '"Nope"'],
    object: [withJob('outputs: { m: shared },', 'const shared = { obs_path: "/b/", model_type: "Nope" } as const;'), '"Nope"'],
    spread: [
      withJob('outputs: { m: { ...shared } },', 'const shared = { obs_path: "/b/", model_type: "Nope" } as const;'),
      '"Nope"',
    ],
    returned: [
      withJob('outputs: { m: made("Nope") },', 'const made = (kind: string) => ({ obs_path: "/b/", model_type: kind });'),
      '"Nope"',
    ],
    computed: [withJob('outputs: { m: { obs_path: "/b/", model_type: `No${"pe"}` } },'), '`No${"pe"}`'],
  } as const;
  for (const [what, [text, place]] of Object.entries(written)) {
    const { marks } = await read(text);
    assert.ok(marks.includes(`value-unknown: ${place}`), `${what} gave ${JSON.stringify(marks)}`);
  }
});

test('what a helper is given is marked at its caller, and each step stands at the call that made it', async () => {
  const text = `${head}
function make(name: string, options: { kind: string }) {
  return wf.job(name, { ${engine}, outputs: { m: { obs_path: '/b/', model_type: options.kind as 'Custom' } } });
}
const a = make('a', { kind: 'Custom' });
const b = make('b', { kind: 'Nope' });
const many = ['x', 'y'].map((name) => make(name, { kind: 'Custom' }));
export default wf.workflow('flow', {}, [a, b, many]);
`;
  const { marks, workflows } = await read(text);
  assert.deepEqual(
    marks.filter((mark) => mark.startsWith('value-')),
    ["value-unknown: 'Nope'"],
  );
  const { steps } = workflows[0]!.analysis.workflow;
  assert.deepEqual(
    steps.map(({ name }) => name.text),
    ['a', 'b', 'x', 'y'],
  );
  assert.deepEqual(
    steps.map((step) => markedText(text, { origin: step.origin } as never).slice(0, 9)),
    ["make('a',", "make('b',", 'wf.job(na', 'wf.job(na'],
  );
});

test('a helper in another file: the finding stands at the call that leads there', async () => {
  const text = `${head}import { make } from './lib/make.ts';\nconst a = make('a', 'Nope');\nexport default wf.workflow('flow', {}, [a]);\n`;
  const lib = `${head}export function make(name: string, kind: string) {\n  return wf.job(name, { ${engine}, titel: 'x', outputs: { m: { obs_path: '/b/', model_type: kind } } } as never);\n}\n`;
  const { marks } = await read(text, { 'lib/make.ts': lib });
  assert.ok(marks.includes("value-unknown: 'Nope'"), JSON.stringify(marks));
  assert.ok(marks.includes("member-unknown: make('a', 'Nope')"), JSON.stringify(marks));
});

test('where the way to a value has more turns than anybody writes, the call stands for it', async () => {
  const levels = Array.from({ length: 36 }, (_, index) => `const o${index + 1} = { ...o${index}, ...o${index} };`);
  const before = `const o0 = { model_type: 'Custom' } as const;\n${levels.join('\n')}`;
  // A member that none of them has.
  const { marks } = await read(
    withJob(
      "outputs: { m: { obs_path: '/b/', ...made(), ...o36 } },",
      `${before}\nconst made = () => JSON.parse('{ "model_typ": 1 }');`,
    ),
  );
  assert.ok(
    marks.some((mark) => mark.startsWith('member-unknown')),
    JSON.stringify(marks),
  );
});

test('with the class names of the SDK for Python: each finding on the very value', async () => {
  const file = (outputs: string, step = '') => `${head}
const out = new wf.data.OutputStorage({ name: 'out', default: '/b/o/' });
const train = new wf.steps.JobStep({
  name: 'train',
  algorithm: new wf.BaseAlgorithm({ code_dir: './a/', command: 'x', engine: new wf.steps.JobEngine({ image_url: 'b/c:1' }) }),
  spec: new wf.steps.JobSpec({ resource: new wf.steps.JobResource({ flavor: { flavor_id: 'f' } }) }),
  outputs: ${outputs},
});
${step}
export default new wf.Workflow({ name: 'flow', desc: 'd', steps: [train${step ? ', next' : ''}], storages: out });
`;
  const model = (config: string) => `new wf.steps.JobOutput({ name: 'm', model_config: ${config} })`;
  const metrics = `[wf.steps.JobOutput({ name: 'numbers', metrics_config: wf.data.MetricsConfig({ metric_files: [out.join('m.json')] }) })]`;
  const next = (members: string) =>
    `const next = new wf.steps.ConditionStep({ name: 'next', if_then_steps: 'train', ${members} });`;
  const metric = (first: string) =>
    `conditions: new wf.steps.Condition({ condition_type: wf.steps.ConditionTypeEnum.GT, left: new wf.steps.MetricInfo(${first}), right: 1 })`;
  const cases: readonly (readonly [text: string, mark: string])[] = [
    [file(model("new wf.steps.ModelConfig({ model_type: 'Nope' as 'Custom' })")), "value-unknown: 'Nope'"],
    [file(model("{ model_type: 'Custom', model_nam: 'x' }")), 'member-unknown: model_nam'],
    [file('[]', next("depend_steps: ['trainn'], conditions: 'true == true'")), "depend-unknown: 'trainn'"],
    [file(metrics, next(metric("(train.outputs as any)['number'].as_input(), 'accuracy'"))), "ref-output-unknown: 'number'"],
  ];
  for (const [text, mark] of cases) {
    const { marks } = await read(text);
    assert.ok(marks.includes(mark), `${mark} is not among ${JSON.stringify(marks)}`);
  }
  const misspelt = await read(
    `${head}
const label = new wf.steps.LabelingStep({
  name: 'label',
  inputs: new wf.steps.LabelingInput({ name: 'in', data: new wf.data.DatasetPlaceholder({ name: 'pictures' }) }),
  properties: new wf.steps.LabelTaskProperties({ task_type: (wf.data.LabelTaskTypeEnum as any).IMAGES, task_name: 'x' }),
  outputs: new wf.steps.LabelingOutput({ name: 'out' }),
});
export default new wf.Workflow({ name: 'flow', desc: 'd', steps: [label] });
`,
  );
  assert.deepEqual(misspelt.marks, ['value-unknown: (wf.data.LabelTaskTypeEnum as any).IMAGES']);
});

test('what a script of the SDK does besides describing is an error at the call, which names the command', async () => {
  const { marks, problems } = await read(
    `${head}export const workflow = new wf.Workflow({ name: 'flow', desc: 'd', steps: [] });
workflow.release_and_run();
`,
  );
  assert.deepEqual(marks, ['typescript-error: workflow.release_and_run()']);
  assert.match(problems[0]!.message.en, /weft release FILE --engine NAME --run/);
});
