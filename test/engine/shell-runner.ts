// A runner for tests of what is around it: the step's command by `sh`, without the container contract of real jobs.
import type { StepRunner } from '../../engine/steps/step-runner.ts';

/** The step's command, run by `sh`, in the folder of the test. */
export const shell = (root: string): StepRunner => ({
  start: async (step, context) => ({
    kind: 'work',
    work: {
      key: context.key,
      stepRun: context.stepRun,
      folder: context.folder,
      cwd: root,
      command: { kind: 'shell', text: String((step.settings['algorithm'] as { command?: string }).command) },
      environment: { STEP: step.name },
    },
  }),
});
