// The public face of the SDK: `import * as wf from 'weft'`. Factories lead; docs/typescript.md tells how a file is written.
export { and, eq, gt, gte, lt, lte, ne, not, oneOf, or, when } from './conditions.ts';
export { dataFactories as data, param, storage } from './declare.ts';
export type {
  Condition,
  Conditions,
  Data,
  DataKind,
  Metric,
  MetricsOutput,
  Operand,
  Output,
  Parameter,
  ParameterType,
  Select,
  ServiceOutput,
  Step,
  StepName,
  StoragePath,
  Variable,
} from './references.ts';
export { select } from './select.ts';
export {
  condition,
  createDataset,
  datasetImport,
  job,
  labeling,
  model,
  mrsJob,
  releaseDataset,
  service,
} from './steps.ts';
export { type Steps, type Workflow, type WorkflowOptions, workflow } from './workflow.ts';
