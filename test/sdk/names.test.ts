// Every name of the SDK for Python is there: those of its import list, and those that the guide uses besides.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as wf from '../../sdk/index.ts';
import * as enums from '../../sdk/classes/enums.ts';
import { readShape } from '../../scripts/schema-source.ts';

const names: Readonly<Record<string, string>> = {
  data: `DatasetTypeEnum Dataset DatasetVersionConfig DatasetPlaceholder ServiceInputPlaceholder ServiceData ServiceUpdatePlaceholder
    DataTypeEnum ModelData GalleryModel OBSPath OBSOutputConfig OBSPlaceholder SWRImage SWRImagePlaceholder Storage InputStorage
    OutputStorage LabelTask LabelTaskPlaceholder LabelTaskConfig LabelTaskTypeEnum MetricsConfig TripartiteServiceConfig
    DataConsumptionSelector DataSelector LabelTypeEnum`,
  policy: 'Policy Scene',
  steps: `MetricInfo Condition ConditionTypeEnum ConditionStep LabelingStep LabelingInput LabelingOutput LabelTaskProperties ImportDataInfo
    DataOriginTypeEnum DatasetImportStep DatasetImportInput DatasetImportOutput AnnotationFormatConfig AnnotationFormatParameters
    AnnotationFormatEnum Label ImportTypeEnum LabelFormat LabelTypeEnum ReleaseDatasetStep ReleaseDatasetInput ReleaseDatasetOutput
    CreateDatasetStep CreateDatasetInput CreateDatasetOutput DatasetProperties SchemaField ImportConfig JobStep JobMetadata JobSpec
    JobResource JobTypeEnum JobEngine JobInput JobOutput LogExportPath MrsJobStep MrsJobInput MrsJobOutput MrsJobAlgorithm ModelStep
    ModelInput ModelOutput ModelConfig Template TemplateInputs ServiceStep ServiceInput ServiceOutput ServiceConfig StepPolicy
    SchedulePolicy Volume NFS job_step`,
  '': `workflow Workflow Subgraph Placeholder PlaceholderType AlgorithmParameters BaseAlgorithm Algorithm AIGalleryAlgorithm resource SystemEnv
    add_whitelist_users delete_whitelist_users`,
};

test('the names of the import list are exported where the SDK has them', () => {
  const api = wf as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  for (const [space, list] of Object.entries(names)) {
    const holder = space === '' ? api : api[space]!;
    const missing = list.split(/\s+/).filter((name) => !Object.hasOwn(holder, name));
    assert.deepEqual(missing, [], `wf.${space}`);
  }
});

test('enumerations have the members of the schemas, and no others', () => {
  const text = JSON.stringify(readShape('workflow.schema.json'));
  const inSchema = (members: Readonly<Record<string, string | number>>) =>
    Object.values(members).every((value) => text.includes(`"value":${JSON.stringify(value)}`));
  const { DataTypeEnum, LabelTaskTypeEnum, AnnotationFormatEnum, ImportTypeEnum, PlaceholderType } = enums;
  for (const members of [DataTypeEnum, LabelTaskTypeEnum, AnnotationFormatEnum, ImportTypeEnum, PlaceholderType])
    assert.ok(inSchema(members), JSON.stringify(members));
});
