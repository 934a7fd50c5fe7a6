// The same workflow as digits.workflow.yaml with the class names of the SDK for Python: a script of the SDK is carried over line by line.
// Named arguments are the members of one object, `new` may stand or not, True is true. digits.workflow.ts is shorter.
import * as wf from 'weft';

const output = new wf.data.OutputStorage({
  name: 'output',
  title: 'Results',
  description: 'Where every run leaves its weights, metrics and model packages',
  default: '/digits-results/',
});
const datasets = new wf.data.Storage({
  name: 'datasets',
  title: 'Datasets',
  description: 'Where the dataset keeps its versions; the same folder for all runs',
  create_dir: true,
  default: '/digits-datasets/',
});

const epochs = new wf.Placeholder({
  name: 'epochs',
  placeholder_type: wf.PlaceholderType.INT,
  default: 24,
  description: 'How often each network sees all pictures',
});
const learning_rate = new wf.Placeholder({
  name: 'learning_rate',
  placeholder_type: wf.PlaceholderType.FLOAT,
  default: 0.06,
  description: 'Step width of the gradient descent',
});
const schedule = new wf.Placeholder({
  name: 'schedule',
  placeholder_type: wf.PlaceholderType.ENUM,
  enum_list: ['cosine', 'constant'],
  default: 'cosine',
  description: 'How the step width goes down while a network learns',
});
const augment = new wf.Placeholder({
  name: 'augment',
  placeholder_type: wf.PlaceholderType.BOOL,
  default: true,
  description: 'Move each picture by up to a pixel, so that the networks learn shapes and not places',
});
const min_accuracy = new wf.Placeholder({
  name: 'min_accuracy',
  placeholder_type: wf.PlaceholderType.FLOAT,
  default: 0.85,
  description: 'When both networks are worse than this, nothing is registered',
});
const model_name = new wf.Placeholder({
  name: 'model_name',
  placeholder_type: wf.PlaceholderType.STR,
  default: 'digits',
  description: 'Name of the model; every run adds a version',
});
const flavor = new wf.Placeholder({
  name: 'flavor',
  placeholder_type: wf.PlaceholderType.JSON,
  placeholder_format: 'train_flavor',
  default: { flavor_id: 'modelarts.vm.cpu.2u' },
  description: 'What a job runs on in the cloud; on this machine it has no meaning',
});

const pictures = new wf.data.OBSPlaceholder({ name: 'pictures', object_type: 'directory', default: '/digits/labelled/' });
const models = new wf.data.ServiceInputPlaceholder({ name: 'models' });

// Create the dataset
const collect = new wf.steps.CreateDatasetStep({
  name: 'collect',
  title: 'Collect pictures',
  inputs: new wf.steps.CreateDatasetInput({ name: 'pictures', data: pictures }),
  properties: new wf.steps.DatasetProperties({
    dataset_name: 'handwritten-digits',
    data_type: wf.data.DataTypeEnum.IMAGE,
    import_config: new wf.steps.ImportConfig({
      import_annotations: 'true',
      import_type: wf.steps.ImportTypeEnum.DIR,
      annotation_format_config: [
        new wf.steps.AnnotationFormatConfig({
          format_name: wf.steps.AnnotationFormatEnum.MA_IMAGE_CLASSIFICATION_V1,
          scene: wf.data.LabelTaskTypeEnum.IMAGE_CLASSIFICATION,
        }),
      ],
    }),
  }),
  outputs: new wf.steps.CreateDatasetOutput({
    name: 'dataset',
    config: new wf.data.OBSOutputConfig({ obs_path: datasets.join('/handwritten-digits/') }),
  }),
});

const release = new wf.steps.ReleaseDatasetStep({
  name: 'release',
  title: 'Publish a version',
  inputs: new wf.steps.ReleaseDatasetInput({ name: 'dataset', data: collect.outputs['dataset'].as_input() }),
  outputs: new wf.steps.ReleaseDatasetOutput({
    name: 'version',
    dataset_version_config: new wf.data.DatasetVersionConfig({
      label_task_type: wf.data.LabelTaskTypeEnum.IMAGE_CLASSIFICATION,
      train_evaluate_sample_ratio: '0.8',
    }),
  }),
});

const engine = new wf.steps.JobEngine({ image_url: 'weft/node:24' });
const spec = new wf.steps.JobSpec({ resource: new wf.steps.JobResource({ flavor }) });

// Two trainings, of a wide and a narrow network
const train_wide = new wf.steps.JobStep({
  name: 'train_wide',
  title: 'Train the wide network',
  algorithm: new wf.BaseAlgorithm({
    code_dir: './src/',
    command: 'node train.mjs',
    engine,
    parameters: [
      new wf.AlgorithmParameters({ name: 'hidden', value: 128 }),
      new wf.AlgorithmParameters({ name: 'epochs', value: epochs }),
      new wf.AlgorithmParameters({ name: 'learning_rate', value: learning_rate }),
      new wf.AlgorithmParameters({ name: 'schedule', value: schedule }),
      new wf.AlgorithmParameters({ name: 'augment', value: augment }),
      new wf.AlgorithmParameters({ name: 'seed', value: 1 }),
    ],
  }),
  inputs: new wf.steps.JobInput({ name: 'data_url', data: release.outputs['version'].as_input() }),
  outputs: [
    new wf.steps.JobOutput({ name: 'train_url', obs_config: new wf.data.OBSOutputConfig({ obs_path: output.join('/wide/') }) }),
    new wf.steps.JobOutput({
      name: 'metrics',
      metrics_config: new wf.data.MetricsConfig({
        metric_files: [output.join('/wide/metrics.json')],
        realtime_visualization: true,
      }),
    }),
  ],
  spec,
});

const train_narrow = new wf.steps.JobStep({
  name: 'train_narrow',
  title: 'Train the narrow network',
  algorithm: new wf.BaseAlgorithm({
    code_dir: './src/',
    command: 'node train.mjs',
    engine,
    parameters: [
      new wf.AlgorithmParameters({ name: 'hidden', value: 24 }),
      new wf.AlgorithmParameters({ name: 'epochs', value: epochs }),
      new wf.AlgorithmParameters({
        name: 'learning_rate',
        value: new wf.Placeholder({
          name: 'narrow_learning_rate',
          placeholder_type: wf.PlaceholderType.FLOAT,
          default: 0.05,
        }),
      }),
      new wf.AlgorithmParameters({ name: 'schedule', value: schedule }),
      new wf.AlgorithmParameters({ name: 'augment', value: augment }),
      new wf.AlgorithmParameters({ name: 'seed', value: 2 }),
    ],
  }),
  inputs: new wf.steps.JobInput({ name: 'data_url', data: release.outputs['version'].as_input() }),
  outputs: [
    new wf.steps.JobOutput({ name: 'train_url', obs_config: new wf.data.OBSOutputConfig({ obs_path: output.join('/narrow/') }) }),
    new wf.steps.JobOutput({
      name: 'metrics',
      metrics_config: new wf.data.MetricsConfig({
        metric_files: [output.join('/narrow/metrics.json')],
        realtime_visualization: true,
      }),
    }),
  ],
  spec,
});

const wide_accuracy = new wf.steps.MetricInfo(train_wide.outputs['metrics'].as_input(), 'accuracy');
const narrow_accuracy = new wf.steps.MetricInfo(train_narrow.outputs['metrics'].as_input(), 'accuracy');

// The better one is packed
const choose = new wf.steps.ConditionStep({
  name: 'choose',
  title: 'Which one is better?',
  conditions: new wf.steps.Condition({
    condition_type: wf.steps.ConditionTypeEnum.GTE,
    left: wide_accuracy,
    right: narrow_accuracy,
  }),
  if_then_steps: 'export_wide',
  else_then_steps: 'export_narrow',
});

const export_wide = new wf.steps.JobStep({
  name: 'export_wide',
  title: 'Pack the wide network',
  algorithm: new wf.BaseAlgorithm({ code_dir: './src/', command: 'node export.mjs', engine }),
  inputs: new wf.steps.JobInput({ name: 'weights_url', data: train_wide.outputs['train_url'].as_input() }),
  outputs: new wf.steps.JobOutput({
    name: 'package_url',
    obs_config: new wf.data.OBSOutputConfig({ obs_path: output.join('/package-wide/') }),
  }),
  spec,
});

const export_narrow = new wf.steps.JobStep({
  name: 'export_narrow',
  title: 'Pack the narrow network',
  algorithm: new wf.BaseAlgorithm({ code_dir: './src/', command: 'node export.mjs', engine }),
  inputs: new wf.steps.JobInput({ name: 'weights_url', data: train_narrow.outputs['train_url'].as_input() }),
  outputs: new wf.steps.JobOutput({
    name: 'package_url',
    obs_config: new wf.data.OBSOutputConfig({ obs_path: output.join('/package-narrow/') }),
  }),
  spec,
});

const register = new wf.steps.ModelStep({
  name: 'register',
  title: 'Register the model',
  inputs: new wf.steps.ModelInput({
    name: 'package',
    data: new wf.data.DataConsumptionSelector({
      data_list: [export_wide.outputs['package_url'].as_input(), export_narrow.outputs['package_url'].as_input()],
    }),
  }),
  outputs: new wf.steps.ModelOutput({
    name: 'model',
    model_config: new wf.steps.ModelConfig({
      model_type: 'Custom',
      model_name,
      description: 'Reads one handwritten digit of 28 x 28 pixels',
    }),
  }),
  policy: new wf.steps.StepPolicy({
    skip_conditions: [
      new wf.steps.Condition({ condition_type: wf.steps.ConditionTypeEnum.LT, left: wide_accuracy, right: min_accuracy }),
      new wf.steps.Condition({ condition_type: wf.steps.ConditionTypeEnum.LT, left: narrow_accuracy, right: min_accuracy }),
    ],
  }),
});

const serve = new wf.steps.ServiceStep({
  name: 'serve',
  title: 'Serve predictions',
  depend_steps: [register],
  inputs: new wf.steps.ServiceInput({ name: 'models', data: models }),
  outputs: new wf.steps.ServiceOutput({
    name: 'service',
    service_config: new wf.steps.ServiceConfig({ infer_type: 'real-time', service_name: 'digits' }),
  }),
});

export default new wf.Workflow({
  name: 'digits',
  desc: 'Teach two networks to read digits, keep the better one, serve it',
  labels: ['example', 'image-classification'],
  steps: [collect, release, train_wide, train_narrow, choose, export_wide, export_narrow, register, serve],
  storages: [output, datasets],
  policy: new wf.policy.Policy({
    scenes: [
      new wf.policy.Scene({ scene_name: 'train only', scene_steps: [collect, release, train_wide, train_narrow] }),
      new wf.policy.Scene({
        scene_name: 'without service',
        scene_steps: [collect, release, train_wide, train_narrow, choose, export_wide, export_narrow, register],
      }),
    ],
  }),
});
