// What the processes of steps use while they run: one timer for all of them, none while nothing runs, one pass over the process table
// a sample. Samples of an attempt are lines of a small file in its folder.
// R1. A pass that took long is followed by a longer rest: sampling takes no more than a fiftieth of one core.
// R2. The longer a step runs the rarer it is looked at, so that a day of training leaves some 3,000 lines.
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WeftResourceSample } from '../../core/api/weft.ts';
import type { ReadGpu } from '../launcher/gpu-usage.ts';
import { canReadUsage, readUsage, type TreeUsage } from '../launcher/process-usage.ts';

export interface ResourceSampler {
  /** `leader`: the launcher's pid. `fresh`: it has only just been started, so all that its processes used is news. */
  watch(key: string, folder: string, leader: number, fresh: boolean): void;
  forget(key: string): void;
  /** The file of an attempt is whole when this resolves; nothing is sampled any more. */
  close(): Promise<void>;
}

export interface SamplerOptions {
  readonly now: () => number;
  readonly readGpu: ReadGpu;
  /** Between two samples of a step that has just begun, and the most after hours. */
  readonly leastMs?: number;
  readonly mostMs?: number;
}

interface Watched {
  readonly folder: string;
  readonly leader: number;
  readonly since: number;
  last: { readonly at: number; readonly times: TreeUsage['times'] } | undefined;
  dueAt: number;
}

/** A step has its first sample after this: most of what runs in a moment is over by then. */
const firstMs = 300;
/** R1. */
const restPerWork = 50;
/** R2: a step is looked at again after this part of the time that it has run. */
const partOfAge = 1 / 300;
/** Where cards are looked at, which starts a program. */
const gpuEveryMs = 4_000;

export function createResourceSampler(options: SamplerOptions): ResourceSampler {
  const { now, readGpu, leastMs = 1_000, mostMs = 30_000 } = options;
  const watched = new Map<string, Watched>();
  let timer: NodeJS.Timeout | undefined;
  let pass: Promise<void> | undefined;
  let restUntil = 0;
  let gpu: { readonly at: number; readonly uses: Awaited<ReturnType<ReadGpu>> } | undefined;

  function schedule(): void {
    clearTimeout(timer);
    timer = undefined;
    if (pass || watched.size === 0) return;
    const due = Math.min(...[...watched.values()].map(({ dueAt }) => dueAt));
    timer = setTimeout(() => {
      pass = sample()
        // A full disk, or a folder that was deleted: the step itself tells of what matters.
        .catch(() => {})
        .finally(() => {
          pass = undefined;
          schedule();
        });
    }, Math.max(due, restUntil) - now()).unref();
  }

  async function sample(): Promise<void> {
    const began = performance.now();
    // Those that are due soon come along: a pass costs the same for one as for many.
    const due = [...watched].filter(([, { dueAt }]) => dueAt <= now() + leastMs / 2);
    const usage = await readUsage(due.map(([, { leader }]) => leader));
    const at = now();
    // Without the program that asks the cards: it takes its time, and little of the processor's.
    const worked = performance.now() - began;
    if (!gpu || (at - gpu.at >= gpuEveryMs && gpu.uses)) gpu = { at, uses: await readGpu() };
    restUntil = at + worked * restPerWork;
    const writes = due.map(([key, step]) => {
      step.dueAt = at + Math.min(Math.max(leastMs, (at - step.since) * partOfAge), mostMs);
      const tree = usage.get(step.leader);
      if (!tree || watched.get(key) !== step) return;
      const line = sampleOf(step, tree, at, gpu?.uses);
      step.last = { at, times: tree.times };
      return appendFile(join(step.folder, fileName), `${JSON.stringify(line)}\n`);
    });
    await Promise.all(writes);
  }

  return {
    watch(key, folder, leader, fresh) {
      if (!canReadUsage || watched.has(key)) return;
      const at = now();
      watched.set(key, { folder, leader, since: at, last: fresh ? { at, times: new Map() } : undefined, dueAt: at + firstMs });
      schedule();
    },
    forget(key) {
      if (watched.delete(key)) schedule();
    },
    async close() {
      watched.clear();
      schedule();
      await pass;
    },
  };
}

const fileName = 'resources';

/** Samples of an attempt later than `after`, oldest first; none where nothing was sampled. A line that is not whole yet is left out. */
export async function readSamples(folder: string, after: number): Promise<WeftResourceSample[]> {
  let text: string;
  try {
    text = await readFile(join(folder, fileName), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      const sample = JSON.parse(line) as WeftResourceSample;
      return sample.at > after ? [sample] : [];
    } catch {
      return [];
    }
  });
}

function sampleOf(step: Watched, tree: TreeUsage, at: number, gpu: Awaited<ReturnType<ReadGpu>>): WeftResourceSample {
  const { last } = step;
  let used = 0;
  for (const [process, time] of tree.times) used += time - (last?.times.get(process) ?? 0);
  const uses = gpu && tree.pids.flatMap((pid) => gpu.get(pid) ?? []);
  return {
    at,
    ...(last && at > last.at && { cpu: Math.round((1000 * used) / (at - last.at)) / 10 }),
    memory: tree.memory,
    processes: tree.pids.length,
    ...(uses && {
      gpu: uses.reduce((sum, use) => sum + use.busy, 0),
      gpuMemory: uses.reduce((sum, use) => sum + use.memory, 0),
    }),
  };
}
