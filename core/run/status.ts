// Statuses of runs and steps, as the service names them, and which actions they allow.
// Source: API reference section 9 (enumerations) and section 11 (step life cycle).

export const runStatuses = ['init', 'running', 'completed', 'stopped', 'abnormal'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const stepStatuses = [
  'init',
  'wait_inputs',
  'pending',
  'creating',
  'created',
  'create_failed',
  'running',
  'stopping',
  'stopped',
  'timeout',
  'completed',
  'failed',
  'hold',
  'skipped',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

const endedRuns: readonly string[] = ['completed', 'stopped', 'abnormal'];
const endedSteps: readonly string[] = ['create_failed', 'stopped', 'timeout', 'completed', 'failed', 'skipped'];
const failedSteps: readonly string[] = ['create_failed', 'timeout', 'failed'];
const waitingSteps: readonly string[] = ['wait_inputs', 'hold'];

/** Unknown statuses of a newer service count as not ended. */
export function isEndedRun(status: string): boolean {
  return endedRuns.includes(status);
}

export function isEndedStep(status: string): boolean {
  return endedSteps.includes(status);
}

export function isFailedStep(status: string): boolean {
  return failedSteps.includes(status);
}

/** Waits for a person. */
export function isWaitingStep(status: string): boolean {
  return waitingSteps.includes(status);
}
