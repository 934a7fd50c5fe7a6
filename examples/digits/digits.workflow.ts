// The same workflow as digits.workflow.yaml, written in TypeScript: steps are values, so what is alike is written once.
// `weft run digits.workflow.ts` runs it. Names, outputs and metrics are checked by the compiler while you type.
import * as wf from 'weft';

const output = wf.storage.output('output', {
  title: 'Results',
  description: 'Where every run leaves its weights, metrics and model packages',
  default: '/digits-results/',
});
const datasets = wf.storage('datasets', {
  title: 'Datasets',
  description: 'Where the dataset keeps its versions; the same folder for all runs',
  create_dir: true,
  default: '/digits-datasets/',
});

const epochs = wf.param.int('epochs', { default: 24, description: 'How often each network sees all pictures' });
const learningRate = wf.param.float('learning_rate', { default: 0.06, description: 'Step width of the gradient descent' });
const schedule = wf.param.enum('schedule', ['cosine', 'constant'], {
  default: 'cosine',
  description: 'How the step width goes down while a network learns',
});
const augment = wf.param.bool('augment', {
  default: true,
  description: 'Move each picture by up to a pixel, so that the networks learn shapes and not places',
});
const minAccuracy = wf.param.float('min_accuracy', {
  default: 0.85,
  description: 'When both networks are worse than this, nothing is registered',
});
const modelName = wf.param.str('model_name', { default: 'digits', description: 'Name of the model; every run adds a version' });
const flavor = wf.param.json('flavor', {
  format: 'train_flavor',
  default: { flavor_id: 'modelarts.vm.cpu.2u' },
  description: 'What a job runs on in the cloud; on this machine it has no meaning',
});

const pictures = wf.data.obs('pictures', { object_type: 'directory', default: '/digits/labelled/' });
const models = wf.data.modelList('models');

const collect = wf.createDataset('collect', {
  title: 'Collect pictures',
  inputs: { pictures },
  properties: {
    dataset_name: 'handwritten-digits',
    data_type: 'IMAGE',
    import_config: {
      import_annotations: 'true',
      import_type: 'DIR',
      annotation_format_config: [{ format_name: 'MA_IMAGE_CLASSIFICATION_V1', scene: 'IMAGE_CLASSIFICATION' }],
    },
  },
  outputs: { dataset: { obs_path: datasets.join('/handwritten-digits/') } },
});

const release = wf.releaseDataset('release', {
  title: 'Publish a version',
  inputs: { dataset: collect.outputs.dataset },
  outputs: { version: { label_task_type: 'IMAGE_CLASSIFICATION', train_evaluate_sample_ratio: '0.8' } },
});

/** What all jobs have in common: the code, and what it runs in. */
const node = (command: string) => ({ code_dir: './src/', command, engine: { image_url: 'weft/node:24' } });
const spec = { resource: { flavor } };

/** A network of one width; the two differ in nothing else. */
function train(width: 'wide' | 'narrow', hidden: number, rate: wf.Parameter<'float'>, seed: number) {
  return wf.job(`train_${width}`, {
    title: `Train the ${width} network`,
    algorithm: { ...node('node train.mjs'), parameters: { hidden, epochs, learning_rate: rate, schedule, augment, seed } },
    inputs: { data_url: release.outputs.version },
    outputs: {
      train_url: { obs_path: output.join(`/${width}/`) },
      metrics: { metric_files: [output.join(`/${width}/metrics.json`)], realtime_visualization: true },
    },
    spec,
  });
}

function pack(width: 'wide' | 'narrow', trained: ReturnType<typeof train>) {
  return wf.job(`export_${width}`, {
    title: `Pack the ${width} network`,
    algorithm: node('node export.mjs'),
    inputs: { weights_url: trained.outputs.train_url },
    outputs: { package_url: { obs_path: output.join(`/package-${width}/`) } },
    spec,
  });
}

const wide = train('wide', 128, learningRate, 1);
const narrow = train('narrow', 24, wf.param.float('narrow_learning_rate', { default: 0.05 }), 2);
const exportWide = pack('wide', wide);
const exportNarrow = pack('narrow', narrow);

const choose = wf.condition('choose', {
  title: 'Which one is better?',
  conditions: wf.when`${wide.outputs.metrics.accuracy} >= ${narrow.outputs.metrics.accuracy}`,
  if_then_steps: [exportWide],
  else_then_steps: [exportNarrow],
});

const register = wf.model('register', {
  title: 'Register the model',
  inputs: { package: wf.select(exportWide.outputs.package_url, exportNarrow.outputs.package_url) },
  outputs: {
    model: { model_type: 'Custom', model_name: modelName, description: 'Reads one handwritten digit of 28 x 28 pixels' },
  },
  policy: {
    skip_conditions: [wf.lt(wide.outputs.metrics.accuracy, minAccuracy), wf.lt(narrow.outputs.metrics.accuracy, minAccuracy)],
  },
});

const serve = wf.service('serve', {
  title: 'Serve predictions',
  depend_steps: [register],
  inputs: { models },
  outputs: { service: { infer_type: 'real-time', service_name: 'digits' } },
});

export default wf.workflow(
  'digits',
  {
    description: 'Teach two networks to read digits, keep the better one, serve it',
    labels: ['example', 'image-classification'],
    scenes: {
      'train only': [collect, release, wide, narrow],
      'without service': [collect, release, wide, narrow, choose, exportWide, exportNarrow, register],
    },
  },
  [collect, release, wide, narrow, choose, exportWide, exportNarrow, register, serve],
);
