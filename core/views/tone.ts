// How a status looks: one of few tones, each with its own icon and colour, so that neither says it alone.

export const tones = ['idle', 'queued', 'waiting', 'active', 'done', 'failed', 'stopped', 'skipped'] as const;
export type Tone = (typeof tones)[number];

const toneOfStatus: Readonly<Record<string, Tone>> = {
  init: 'idle',
  wait_inputs: 'waiting',
  hold: 'waiting',
  held: 'waiting',
  pending: 'queued',
  creating: 'active',
  created: 'active',
  running: 'active',
  stopping: 'active',
  stopped: 'stopped',
  timeout: 'failed',
  create_failed: 'failed',
  failed: 'failed',
  abnormal: 'failed',
  completed: 'done',
  skipped: 'skipped',
};

/** Of a step or a run. A status of a newer service looks idle and is named as it came. */
export function toneOf(status: string): Tone {
  return (Object.hasOwn(toneOfStatus, status) && toneOfStatus[status]) || 'idle';
}

/** The status that is shown of a step: one that the debugger holds is `held`, whatever the service calls it. */
export function shownStatus({ status, held }: { readonly status: string; readonly held?: unknown }): string {
  return held === undefined ? status : 'held';
}
