// The compiler alone catches what its types can say: each line with a comment `// error:` has that error, and no other line has one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'weft-types-'));
after(() => rmSync(folder, { recursive: true }));

const text = `import * as wf from 'weft';
const out = wf.storage.output('out');
const pictures = wf.data.dataset('pictures');
const train = wf.job('train', {
  inputs: { pictures },
  algorithm: { code_dir: './x', command: 'y', engine: { image_url: 'z' } },
  outputs: { train_url: { obs_path: out }, metrics: { metric_files: [out.join('m.json')] } },
});
wf.job('b', { inputs: { x: train.outputs.train_url } });
wf.job('b', { inputs: { x: train.outputs.train_ur } }); // error: 'train_ur' does not exist
wf.gt(train.outputs.metrics.accuracy, 1);
wf.gt(train.outputs.train_url.accuracy, 1); // error: 'accuracy' does not exist
wf.model('m', { outputs: { m: { model_type: 'Custom' } } });
wf.model('m', { outputs: { m: { model_type: 'Custm' } } }); // error: "Custm"
wf.labeling('l', { inputs: { x: train.outputs.train_url } }); // error: Output<"obs">
const labels = wf.labeling('l', { inputs: { x: pictures }, outputs: ['labels'] });
wf.releaseDataset('r', { inputs: { x: labels.outputs.labels } });
wf.releaseDataset('r', { inputs: { x: labels.outputs.label } }); // error: 'label' does not exist
wf.param.enum('e', ['a', 'b'], { default: 'c' }); // error: '"c"'
wf.param.int('e', { default: 'c' }); // error: 'string'
wf.job('b', { titl: 'x' }); // error: 'titl' does not exist
wf.condition('c', { conditions: wf.when\`\${train.outputs.metrics.accuracy} > \${train}\` }); // error: Step<
const serve = wf.service('s', { outputs: { service: { infer_type: 'real-time' } } });
wf.job('b', { algorithm: { environments: { URL: serve.outputs.service.access_address } } });
wf.job('b', { algorithm: { environments: { URL: serve.outputs.service.address } } }); // error: 'address' does not exist
const step = new wf.steps.JobStep({
  name: 'step',
  inputs: wf.steps.JobInput({ name: 'data', data: pictures }),
  outputs: [
    new wf.steps.JobOutput({ name: 'model', obs_config: new wf.data.OBSOutputConfig({ obs_path: out.join('m') }) }),
    new wf.steps.JobOutput({ name: 'numbers', metrics_config: new wf.data.MetricsConfig({ metric_files: [out.join('m.json')] }) }),
  ],
});
new wf.steps.MetricInfo(step.outputs['numbers'].as_input(), 'accuracy');
new wf.steps.MetricInfo(step.outputs['model'].as_input(), 'accuracy'); // error: Output<"obs">
new wf.steps.MetricInfo(step.outputs['number'].as_input(), 'accuracy'); // error: 'number' does not exist
new wf.steps.LabelTaskProperties({ task_type: wf.data.LabelTaskTypeEnum.OBJECT_DETECTION });
new wf.steps.LabelTaskProperties({ task_type: wf.data.LabelTaskTypeEnum.OBJECTS }); // error: 'OBJECTS' does not exist
new wf.steps.JobStep({ name: 'x', titel: 'y' }); // error: 'titel' does not exist
new wf.Placeholder({ name: 'p', placeholder_type: wf.PlaceholderType.INT, default: 'x' }); // error: 'string'
new wf.steps.LabelingInput({ name: 'l', data: step.outputs['model'] }); // error: Output<"obs">
export default wf.workflow('w', { scenes: { one: [train, 'b'] } }, [train, [labels, serve]]);
`;

test('tsc finds a misspelt output, a metric of an output that has none, wrong enums, kinds and members', () => {
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      target: 'es2024',
      module: 'nodenext',
      moduleResolution: 'nodenext',
      allowImportingTsExtensions: true,
      types: [],
      paths: { weft: [join(repository, 'sdk/index.ts')] },
    },
    files: [
      'flow.workflow.ts',
      join(repository, 'examples/digits/digits.workflow.ts'),
      join(repository, 'examples/digits/digits-classes.workflow.ts'),
    ],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'flow.workflow.ts'), text);
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { encoding: 'utf8', cwd: folder });
  const found = new Map<number, string>();
  let line = 0;
  for (const each of stdout.split('\n')) {
    const start = /^flow\.workflow\.ts\((\d+),/.exec(each);
    if (start) line = Number(start[1]);
    else if (!/^\s|^$/.test(each)) assert.fail(each);
    if (each !== '') found.set(line, `${found.get(line) ?? ''}${each}\n`);
  }
  const expected = new Map(
    text.split('\n').flatMap((each, index) => {
      const mark = /\/\/ error: (.*)$/.exec(each);
      return mark ? [[index + 1, mark[1]!] as const] : [];
    }),
  );
  assert.deepEqual([...found.keys()], [...expected.keys()], stdout);
  for (const [at, part] of expected) assert.ok(found.get(at)!.includes(part), `line ${at}: ${found.get(at)}`);
});
