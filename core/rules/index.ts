// Every rule, by code. A rule that is not in this table does not exist.
import { branchTargetNotDependent } from './branch-target-not-dependent.ts';
import { branchTargetRepeated } from './branch-target-repeated.ts';
import { branchTargetUnknown } from './branch-target-unknown.ts';
import { branchesEmpty } from './branches-empty.ts';
import { conditionConstant } from './condition-constant.ts';
import { conditionMetric } from './condition-metric.ts';
import { conditionMissing } from './condition-missing.ts';
import { conditionOperand } from './condition-operand.ts';
import { conditionOperatorUnknown } from './condition-operator-unknown.ts';
import { conditionStepPolicy } from './condition-step-policy.ts';
import { dataNameUnique } from './data-name-unique.ts';
import { dataSelectorKind } from './data-selector-kind.ts';
import { datasetOutputInsideInput } from './dataset-output-inside-input.ts';
import { datasetVersionNeedless } from './dataset-version-needless.ts';
import { declarationNameFormat } from './declaration-name-format.ts';
import { declaredUnused } from './declared-unused.ts';
import { dependCycle } from './depend-cycle.ts';
import { dependUnknown } from './depend-unknown.ts';
import { fixedVersion } from './fixed-version.ts';
import { inputKind } from './input-kind.ts';
import { inputNameUnique } from './input-name-unique.ts';
import { jobAlgorithmIncomplete } from './job-algorithm-incomplete.ts';
import { jobAlgorithmMixed } from './job-algorithm-mixed.ts';
import { jobBootFileOutsideCodeDir } from './job-boot-file-outside-code-dir.ts';
import { jobDatasetUnversioned } from './job-dataset-unversioned.ts';
import { jobDatasetVersionMissing } from './job-dataset-version-missing.ts';
import { jobFlavorMissing } from './job-flavor-missing.ts';
import { jobHyperparameterType } from './job-hyperparameter-type.ts';
import { jobOutputMixed } from './job-output-mixed.ts';
import { labelTaskDataType } from './label-task-data-type.ts';
import { labelingTaskMissing } from './labeling-task-missing.ts';
import { metricFileExtension } from './metric-file-extension.ts';
import { modelInputMissing } from './model-input-missing.ts';
import { modelTemplateMissing } from './model-template-missing.ts';
import { notificationStepUnknown } from './notification-step-unknown.ts';
import { obsDefaultObjectType } from './obs-default-object-type.ts';
import { outputNameUnique } from './output-name-unique.ts';
import { outputVariableUnknown } from './output-variable-unknown.ts';
import { parameterConstraintUnused } from './parameter-constraint-unused.ts';
import { parameterDefaultType } from './parameter-default-type.ts';
import { parameterDelayOptional } from './parameter-delay-optional.ts';
import { parameterEnumEmpty } from './parameter-enum-empty.ts';
import { parameterFlavorValue } from './parameter-flavor-value.ts';
import { parameterFormatUnknown } from './parameter-format-unknown.ts';
import { parameterListFormatMissing } from './parameter-list-format-missing.ts';
import { parameterNameUnique } from './parameter-name-unique.ts';
import { readMayBeSkipped } from './read-may-be-skipped.ts';
import { refDataRequirementUnknown } from './ref-data-requirement-unknown.ts';
import { refDataUnknown } from './ref-data-unknown.ts';
import { refOutputUnknown } from './ref-output-unknown.ts';
import { refParameterUnknown } from './ref-parameter-unknown.ts';
import { refStepNotUpstream } from './ref-step-not-upstream.ts';
import { refStepUnknown } from './ref-step-unknown.ts';
import { refStorageUnknown } from './ref-storage-unknown.ts';
import { releaseLabelTaskTypeMissing } from './release-label-task-type-missing.ts';
import { sceneCutsData } from './scene-cuts-data.ts';
import { sceneStepUnknown } from './scene-step-unknown.ts';
import { sceneSteps } from './scene-steps.ts';
import { selectCandidates } from './select-candidates.ts';
import { selectNotExclusive } from './select-not-exclusive.ts';
import { serviceInputs } from './service-inputs.ts';
import { serviceInternalAddress } from './service-internal-address.ts';
import { serviceModelNamesDiffer } from './service-model-names-differ.ts';
import { serviceModelVersionRepeated } from './service-model-version-repeated.ts';
import { serviceModelWeights } from './service-model-weights.ts';
import { serviceVpcIncomplete } from './service-vpc-incomplete.ts';
import { skipConditionsStepType } from './skip-conditions-step-type.ts';
import { slotNameFormat } from './slot-name-format.ts';
import { stepNameFormat } from './step-name-format.ts';
import { stepNameLength } from './step-name-length.ts';
import { stepNameUnique } from './step-name-unique.ts';
import { stepSlots } from './step-slots.ts';
import { storageExecutionIdWithoutCreateDir } from './storage-execution-id-without-create-dir.ts';
import { storageFileCreated } from './storage-file-created.ts';
import { storageNameUnique } from './storage-name-unique.ts';
import { usedStepsUnknown } from './used-steps-unknown.ts';
import { workflowNameFormat } from './workflow-name-format.ts';
import { workflowNameLength } from './workflow-name-length.ts';
import { workflowStepsMissing } from './workflow-steps-missing.ts';
import type { Rule } from './rule.ts';

export const rules: readonly Rule[] = [
  branchTargetNotDependent,
  branchTargetRepeated,
  branchTargetUnknown,
  branchesEmpty,
  conditionConstant,
  conditionMetric,
  conditionMissing,
  conditionOperand,
  conditionOperatorUnknown,
  conditionStepPolicy,
  dataNameUnique,
  dataSelectorKind,
  datasetOutputInsideInput,
  datasetVersionNeedless,
  declarationNameFormat,
  declaredUnused,
  dependCycle,
  dependUnknown,
  fixedVersion,
  inputKind,
  inputNameUnique,
  jobAlgorithmIncomplete,
  jobAlgorithmMixed,
  jobBootFileOutsideCodeDir,
  jobDatasetUnversioned,
  jobDatasetVersionMissing,
  jobFlavorMissing,
  jobHyperparameterType,
  jobOutputMixed,
  labelTaskDataType,
  labelingTaskMissing,
  metricFileExtension,
  modelInputMissing,
  modelTemplateMissing,
  notificationStepUnknown,
  obsDefaultObjectType,
  outputNameUnique,
  outputVariableUnknown,
  parameterConstraintUnused,
  parameterDefaultType,
  parameterDelayOptional,
  parameterEnumEmpty,
  parameterFlavorValue,
  parameterFormatUnknown,
  parameterListFormatMissing,
  parameterNameUnique,
  readMayBeSkipped,
  refDataRequirementUnknown,
  refDataUnknown,
  refOutputUnknown,
  refParameterUnknown,
  refStepNotUpstream,
  refStepUnknown,
  refStorageUnknown,
  releaseLabelTaskTypeMissing,
  sceneCutsData,
  sceneStepUnknown,
  sceneSteps,
  selectCandidates,
  selectNotExclusive,
  serviceInputs,
  serviceInternalAddress,
  serviceModelNamesDiffer,
  serviceModelVersionRepeated,
  serviceModelWeights,
  serviceVpcIncomplete,
  skipConditionsStepType,
  slotNameFormat,
  stepNameFormat,
  stepNameLength,
  stepNameUnique,
  stepSlots,
  storageExecutionIdWithoutCreateDir,
  storageFileCreated,
  storageNameUnique,
  usedStepsUnknown,
  workflowNameFormat,
  workflowNameLength,
  workflowStepsMissing,
];
