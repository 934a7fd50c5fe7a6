// A batch service: every file of a folder, or every row of its CSV files, becomes a request to a model; answers become files.
// Source: SDK digest 12.3. `file`: the file as the one parameter of a form. `csv`: a JSON body made by the mapping rule.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Plain, PlainMap } from '../../core/plan/plain.ts';

export interface Batch {
  /** With the path of the interface. */
  readonly url: string;
  /** Absolute. */
  readonly source: string;
  readonly target: string;
  readonly mapping: { readonly kind: 'file'; readonly parameter: string } | { readonly kind: 'csv'; readonly rule: PlainMap };
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

export interface BatchResult {
  readonly requests: number;
  /** Answers above 399. */
  readonly refused: number;
  /** The first of them. */
  readonly refusal: string | undefined;
}

/** The rule or a row does not fit; the message names the place. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
}

/** Results are `<file>_result.txt`, one answer a line, each written whole. Rejects with MappingError or the signal's reason. */
export async function runBatch(batch: Batch): Promise<BatchResult> {
  const { source, target, mapping, signal } = batch;
  const files = (await filesBelow(source)).filter((file) => mapping.kind === 'file' || file.endsWith('.csv'));
  let requests = 0;
  let refused = 0;
  let refusal: string | undefined;
  for (const [index, file] of files.entries()) {
    const answers: string[] = [];
    for (const body of await bodiesOf(join(source, file), mapping)) {
      signal.throwIfAborted();
      const answer = await fetch(batch.url, { method: 'POST', signal, ...body });
      const text = (await answer.text()).replaceAll('\n', ' ');
      requests++;
      if (answer.status >= 400) {
        refused++;
        refusal ??= `${file}: ${answer.status} ${text.slice(0, 200)}`;
      }
      answers.push(text);
    }
    await writeWhole(join(target, `${file}_result.txt`), answers.map((answer) => `${answer}\n`).join(''));
    batch.progress(index + 1, files.length);
  }
  return { requests, refused, refusal };
}

interface RequestBody {
  readonly body: FormData | string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function bodiesOf(file: string, mapping: Batch['mapping']): Promise<readonly RequestBody[]> {
  if (mapping.kind === 'file') {
    const form = new FormData();
    form.set(mapping.parameter, new Blob([await readFile(file)]), basename(file));
    return [{ body: form }];
  }
  const rows = parseCsv(await readFile(file, 'utf8'));
  return rows.map((row, index) => ({
    body: JSON.stringify(applyRule(mapping.rule, row, `${file}:${index + 1}`)),
    headers: { 'content-type': 'application/json' },
  }));
}

/** The request body of a row: `index` of each leaf is a column, -1 leaves it out. Undefined for what is left out. */
export function applyRule(rule: PlainMap, row: readonly string[], place: string): Plain | undefined {
  const type = rule['type'];
  if (type === 'object') {
    const properties = (rule['properties'] ?? {}) as { readonly [name: string]: PlainMap };
    const entries = Object.entries(properties).map(([name, inner]) => [name, applyRule(inner, row, place)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as PlainMap;
  }
  if (type === 'array') {
    const items = [rule['items'] ?? []].flat() as readonly PlainMap[];
    return items.map((inner) => applyRule(inner, row, place)).filter((value) => value !== undefined);
  }
  const index = rule['index'];
  if (typeof index !== 'number') throw new MappingError(`the mapping rule has a ${String(type)} without index`);
  if (index < 0) return undefined;
  const text = row[index];
  if (text === undefined)
    throw new MappingError(`${place} has ${row.length} columns, and the mapping rule reads column ${index}`);
  return toType(String(type), text, place);
}

function toType(type: string, text: string, place: string): Plain {
  switch (type) {
    case 'number':
    case 'integer': {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (Number.isFinite(value) && (type === 'number' || Number.isInteger(value))) return value;
      throw new MappingError(`${place}: "${text}" is no ${type}`);
    }
    case 'boolean':
      if (/^(true|false)$/i.test(text.trim())) return text.trim().toLowerCase() === 'true';
      throw new MappingError(`${place}: "${text}" is no boolean`);
    default:
      return text;
  }
}

/** Rows of comma-separated values; a value in double quotes may hold commas, line ends and doubled quotes. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (pattern.lastIndex >= text.length) break;
  }
  return rows;
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
