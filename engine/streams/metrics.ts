// Metrics files of jobs: read in the documented shapes (guide 5.4.5.4, table 5-52) and watched while they grow.
// A file may be read in the middle of being written: what cannot be read is told by the last look only, after the job ended.
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Metric } from '../../core/run/events.ts';
import { watchFolder } from '../launcher/folder-watch.ts';

export interface MetricsRead {
  readonly metrics: readonly Metric[];
  /** One sentence for each file and entry that could not be taken. */
  readonly problems: readonly string[];
}

/** The documented limit. */
const mostBytes = 1024 * 1024;
/** Between two looks at files that change all the time: each look that finds something new is an event of the run. */
const restMs = 250;
/** Where the system gives no notices. */
const pollMs = 1_000;

/** Never rejects: a file that is not there is a problem like any other. */
export async function readMetricFiles(files: readonly string[]): Promise<MetricsRead> {
  const read = await Promise.all(files.map(readMetricFile));
  return { metrics: read.flatMap(({ metrics }) => metrics), problems: read.flatMap(({ problems }) => problems) };
}

/** Tells what the files say whenever that has changed and can be read as a whole, until `signal`. The folders exist. */
export async function followMetricFiles(
  files: readonly string[],
  signal: AbortSignal,
  tell: (metrics: readonly Metric[]) => Promise<void>,
): Promise<void> {
  let wake = Promise.withResolvers<void>();
  const look = () => wake.resolve();
  const watches = [...new Set(files.map((file) => dirname(file)))].map((folder) => watchFolder(folder, pollMs, look));
  signal.addEventListener('abort', look, { once: true });
  try {
    for (let told = ''; !signal.aborted; await wake.promise) {
      wake = Promise.withResolvers();
      const { metrics, problems } = await readMetricFiles(files.filter((file) => existsSync(file)));
      const text = JSON.stringify(metrics);
      if (metrics.length === 0 || problems.length > 0 || text === told) continue;
      if (signal.aborted) return;
      told = text;
      await tell(metrics);
      await pause(restMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    for (const watch of watches) watch.close();
    signal.removeEventListener('abort', look);
  }
}

/** The entries of one file's text, and what is wrong with the others. */
export function parseMetrics(text: string, file: string): MetricsRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { metrics: [], problems: [`${file} is no JSON: ${(error as Error).message}`] };
  }
  const metrics: Metric[] = [];
  const problems: string[] = [];
  for (const [index, entry] of (Array.isArray(value) ? value : [value]).entries()) {
    const wrong = faultOf(entry);
    if (wrong !== undefined) {
      problems.push(`${file}: entry ${index + 1} ${wrong}`);
      continue;
    }
    const { key, title, type, data } = entry as Metric;
    metrics.push({ key, title: typeof title === 'string' ? title : key, type, data });
  }
  return { metrics, problems };
}

async function readMetricFile(file: string): Promise<MetricsRead> {
  try {
    const { size } = await stat(file);
    if (size > mostBytes)
      return { metrics: [], problems: [`${file} has ${size} bytes; metrics files have at most ${mostBytes}`] };
    return parseMetrics(await readFile(file, 'utf8'), file);
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'was not written' : `cannot be read: ${(error as Error).message}`;
    return { metrics: [], problems: [`${file} ${why}`] };
  }
}

/** What is wrong with an entry, as the end of a sentence. Types that are not known are carried as they are. */
function faultOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return 'is no object';
  const { key, type, data } = entry as Partial<Metric>;
  if (typeof key !== 'string' || key === '') return 'has no "key"';
  if (typeof type !== 'string') return `("${key}") has no "type"`;
  const members = (data ?? {}) as Readonly<Record<string, unknown>>;
  switch (type) {
    case 'float':
      return typeof members['value'] === 'number' ? undefined : `("${key}") is of type float, and its data.value is no number`;
    case 'line chart':
    case 'histogram':
      return isAxes(members['x_axis']) && isAxes(members['y_axis'])
        ? undefined
        : `("${key}") needs data.x_axis and data.y_axis, lists of { title, value: [...] }`;
    case 'table':
      return isRows(members['cell_value']) && isAxis(members['row_labels']) && isAxis(members['col_labels'])
        ? undefined
        : `("${key}") needs data.cell_value, rows of numbers, and row_labels and col_labels, each { title, value: [...] }`;
    case 'one-dimensional-table':
      return isRows(members['cell_value']) && Array.isArray(members['labels'])
        ? undefined
        : `("${key}") needs data.cell_value, one row, and data.labels`;
    default:
      return undefined;
  }
}

function isAxes(value: unknown): boolean {
  return Array.isArray(value) && value.every(isAxis);
}

function isAxis(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Array.isArray((value as { value?: unknown }).value);
}

function isRows(value: unknown): boolean {
  return Array.isArray(value) && value.every((row) => Array.isArray(row));
}
