// The public face of the SDK: `import * as wf from 'weft'`. Factories lead; the names of the SDK for Python are there for who has a script
// to carry over line by line. docs/typescript.md tells how a file is written.
import { settingsClasses } from './classes/step-settings.ts';
import { algorithmClasses, stepClasses } from './classes/step-classes.ts';
import { ConditionClass, MetricInfo } from './classes/conditions.ts';
import { dataClasses } from './classes/data.ts';
import * as enums from './classes/enums.ts';
import { policyClasses } from './classes/workflow-class.ts';
import { dataFactories } from './declare.ts';

/** Data of a workflow: factories in lower case, and the classes of the SDK for Python. */
export const data = { ...dataFactories, ...dataClasses };
/** The steps of the SDK for Python, with their inputs, outputs and settings. */
export const steps = {
  ...stepClasses,
  ...settingsClasses,
  Condition: ConditionClass,
  MetricInfo,
  ConditionTypeEnum: enums.ConditionTypeEnum,
  AnnotationFormatEnum: enums.AnnotationFormatEnum,
  ImportTypeEnum: enums.ImportTypeEnum,
  DataOriginTypeEnum: enums.DataOriginTypeEnum,
  LabelTypeEnum: enums.LabelTypeEnum,
  JobTypeEnum: enums.JobTypeEnum,
  job_step: {
    LogExportPath: settingsClasses.LogExportPath,
    SchedulePolicy: settingsClasses.SchedulePolicy,
    Volume: settingsClasses.Volume,
    NFS: settingsClasses.NFS,
  },
};
export const policy = policyClasses;
export const { AlgorithmParameters, BaseAlgorithm, Algorithm, AIGalleryAlgorithm } = algorithmClasses;
export { PlaceholderType } from './classes/enums.ts';
export {
  add_whitelist_users,
  delete_whitelist_users,
  Placeholder,
  resource,
  Subgraph,
  SystemEnv,
  Workflow,
} from './classes/workflow-class.ts';
export { and, eq, gt, gte, lt, lte, ne, not, oneOf, or, when } from './conditions.ts';
export { param, storage } from './declare.ts';
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
export { type Steps, type WorkflowOptions, workflow } from './workflow.ts';
