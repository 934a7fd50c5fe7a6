// Registers a model from files, an image, a subscribed model or a template (guide 3.16).
import type { StepKind } from './step-kind.ts';

export const model: StepKind = {
  type: 'model',
  label: { en: 'Register model', zh: '模型注册' },
  summary: { en: 'Registers a new model or a new version of one.', zh: '注册新模型或已有模型的新版本。' },
  takes: ['obs', 'swr', 'model'],
  takesChoice: true,
  inputs: 'optional',
  outputs: 'required',
  decides: false,
  skippable: true,
  waitsForPerson: false,
  makes: () => 'model',
  passesOn: false,
  versioned: false,
  variables: [],
  snippet: `\${1:model}:
  type: model
  inputs:
    \${2:model_input}: \\\${{ steps.\${3:training}.outputs.\${4:train_url} }}
  outputs:
    \${5:model_output}:
      model_type: \${6|TensorFlow,PyTorch,MXNet,Caffe,Spark_MLlib,Scikit_Learn,XGBoost,Image,Template,Custom|}
      model_name: \${7:my_model}
`,
};
