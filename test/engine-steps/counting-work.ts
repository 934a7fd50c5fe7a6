// Work that shows afterwards how often it ran and whether its log is whole.
import type { Work } from '../../engine/executors/executor.ts';
import { shellWork } from './work.ts';

export const countedLines = 300;

export function countingWork(root: string, index: number): Work {
  const text = `echo ran >> ran; i=0; while [ $i -lt ${countedLines} ]; do echo "line $i"; i=$((i + 1)); done; exit 5`;
  return shellWork(root, `count${index}.1`, text);
}

export const countedLog = Array.from({ length: countedLines }, (_, index) => `line ${index}\n`).join('');
