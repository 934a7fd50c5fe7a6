// The step kinds of the service. What each means stands in the file of the kind; shared code asks the kind and never lists kinds.

export const stepTypes = [
  'create_dataset',
  'labeling',
  'dataset_import',
  'release_dataset',
  'job',
  'mrs_job',
  'model',
  'service',
  'condition',
] as const;

export type StepType = (typeof stepTypes)[number];

export function isStepType(text: string): text is StepType {
  return (stepTypes as readonly string[]).includes(text);
}
