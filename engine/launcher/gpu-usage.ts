// What processes use of NVIDIA cards, from one look of `nvidia-smi pmon`. A machine without the program is asked once.
import { execFile } from 'node:child_process';

export interface GpuUse {
  /** Percent of the time in which its kernels ran, summed over the cards. */
  readonly busy: number;
  /** Bytes. */
  readonly memory: number;
}

/** By pid; undefined where there is no such program, or it does not answer. */
export type ReadGpu = () => Promise<ReadonlyMap<number, GpuUse> | undefined>;

const patienceMs = 5_000;

export function createGpuReader(program = 'nvidia-smi'): ReadGpu {
  let absent = false;
  return () => {
    if (absent) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      execFile(program, ['pmon', '-c', '1', '-s', 'um'], { timeout: patienceMs }, (error, output) => {
        if ((error as NodeJS.ErrnoException | null)?.code === 'ENOENT') absent = true;
        resolve(error ? undefined : parsePmon(output));
      });
    });
  };
}

/** Columns are found by their names: drivers differ in which ones there are. `-` is no value. */
export function parsePmon(output: string): ReadonlyMap<number, GpuUse> {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const names =
    lines
      .find((line) => line.startsWith('#'))
      ?.slice(1)
      .trim()
      .split(/\s+/) ?? [];
  const [pidAt, busyAt, memoryAt] = [names.indexOf('pid'), names.indexOf('sm'), names.indexOf('fb')];
  const uses = new Map<number, GpuUse>();
  for (const line of lines) {
    if (line.startsWith('#')) continue;
    const fields = line.trim().split(/\s+/);
    const pid = Number(fields[pidAt]);
    if (!Number.isInteger(pid)) continue;
    const before = uses.get(pid) ?? { busy: 0, memory: 0 };
    uses.set(pid, {
      busy: before.busy + (Number(fields[busyAt]) || 0),
      memory: before.memory + (Number(fields[memoryAt]) || 0) * 1024 * 1024,
    });
  }
  return uses;
}
