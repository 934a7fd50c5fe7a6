// A workflow source -> the body for the service, with what has to be uploaded for it. Local code and data go to
// `<staging>/<workflow>/<first 12 of the content's sha256>/<name>`: equal content is there already, and an earlier release keeps its own.
// The folder keeps its name, because training code is found below it (`$MA_JOB_DIR/src/train.py`). Source: language.md part 4.
import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowBody } from '../core/api/service.ts';
import type { ServiceEngineConfig } from '../core/config/config.ts';
import type { Json } from '../core/config/members.ts';
import type { GivenValue, GivenValues } from '../core/config/values-file.ts';
import { emitBody } from '../core/ir/emit-body.ts';
import { withStorages } from '../core/release/execution-request.ts';
import { bucketPath, keyPart, type ReleaseDraft, type Upload } from '../core/release/upload.ts';
import type { Localized } from '../core/text/diagnostic.ts';
import { contentHash, type HashedFile, hashFile, type Scan, scanFolder } from './scan-files.ts';
import type { WorkflowSource } from './source.ts';

export interface DraftOptions {
  readonly signal?: AbortSignal;
  /** Called while files are read. */
  readonly onHashed?: (file: HashedFile) => void;
}

export interface DraftResult extends ReleaseDraft {
  /** The given values, local data replaced by the places of the uploads; roots of storages are in the body. */
  readonly values: GivenValues;
  /** What stands in the way of a release. */
  readonly problems: readonly Localized[];
}

/** Largest object that one PUT takes. Source: OBS, limits of PutObject. */
const largestBytes = 5 * 2 ** 30;

interface Read {
  readonly written: string;
  /** Absolute. */
  readonly from: string;
  readonly usedBy: string;
  readonly kind: 'file' | 'folder' | 'any';
}

interface Root {
  readonly read: Read;
  readonly isFolder: boolean;
  readonly files: readonly HashedFile[];
  readonly leftOut: readonly string[];
  readonly to: string;
}

/** `values`: local paths in them as `file://` URIs. Rejects with the system's error where a file cannot be read, or on abort. */
export async function draftRelease(
  read: WorkflowSource,
  engine: ServiceEngineConfig,
  values: GivenValues,
  options: DraftOptions = {},
): Promise<DraftResult> {
  const problems: Localized[] = [];
  const reads: Read[] = [];
  const folder = dirname(read.file);
  const emitted = read.form === 'body' ? (JSON.parse(read.source.text) as WorkflowBody) : emitBody(read.bound, { paths: marked });
  // A root that the values name counts, whatever the workflow's own one is.
  const storages = values.storages.map((given) =>
    withPlaces(given, (from) => marked(`./${relative(folder, from)}`, { kind: 'any' })),
  );
  const body = withStorages(emitted, { ...values, storages });
  mapPlaces(body, [], (mark, path) => {
    const { kind, written } = readMark(mark);
    const place = placeOf(body, path);
    if (place.isWritten) problems.push(writtenHere(place.name, written));
    else reads.push({ written, from: resolve(folder, written), usedBy: place.name, kind });
    return mark;
  });
  for (const given of values.data) {
    for (const from of localPathsOf(given))
      reads.push({ written: `./${relative(folder, from)}`, from, usedBy: `value of ${given.name}`, kind: 'any' });
  }

  for (const parameter of (body['parameters'] ?? []) as readonly Readonly<Record<string, unknown>>[]) {
    if (parameter['secret'] === true) problems.push(secretParameter(String(parameter['name'])));
  }

  const roots = problems.length > 0 ? [] : await findRoots(reads, engine, String(body['name'] ?? ''), options, problems);
  const placed = (from: string): string => placeIn(roots, from) ?? from;
  return {
    body: mapPlaces(body, [], (mark) => placed(resolve(folder, readMark(mark).written))) as WorkflowBody,
    uploads: roots.map((root) => uploadOf(root, reads, roots)),
    values: {
      ...values,
      data: values.data.map((given) => withPlaces(given, placed)),
    },
    problems,
  };
}

// ---- which folders and files

async function findRoots(
  reads: readonly Read[],
  engine: ServiceEngineConfig,
  workflow: string,
  options: DraftOptions,
  problems: Localized[],
): Promise<readonly Root[]> {
  if (reads.length === 0) return [];
  const staging = engine.staging === undefined ? undefined : bucketPath(engine.staging);
  if (!staging) {
    problems.push(noStaging(engine, reads[0]!));
    return [];
  }
  const base = `/${staging.bucket}/${staging.key.replace(/\/*$/, staging.key === '' ? '' : '/')}${keyPart(workflow)}`;
  const roots: Root[] = [];
  // Outer folders first: what lies in one of them goes with it.
  for (const read of reads.toSorted((a, b) => a.from.length - b.from.length)) {
    if (placeIn(roots, read.from) !== undefined) continue;
    const stat = statSync(read.from, { throwIfNoEntry: false });
    const problem = !stat
      ? missing(read)
      : read.kind === 'folder' && !stat.isDirectory()
        ? wrongKind(read, 'folder')
        : read.kind === 'file' && !stat.isFile()
          ? wrongKind(read, 'file')
          : undefined;
    if (problem || !stat) {
      problems.push(problem!);
      continue;
    }
    const isFolder = stat.isDirectory();
    const scan: Scan = isFolder
      ? await scanFolder(read.from, options.signal)
      : { files: [{ path: basename(read.from), from: read.from, bytes: stat.size }], leftOut: [] };
    if (scan.files.length === 0) problems.push(empty(read));
    for (const file of scan.files) if (file.bytes > largestBytes) problems.push(tooLarge(file.from));
    const files: HashedFile[] = [];
    for (const file of scan.files) {
      const hashed = await hashFile(file, options.signal);
      options.onHashed?.(hashed);
      files.push(hashed);
    }
    const to = `${base}/${contentHash(files).slice(0, 12)}/${keyPart(basename(read.from))}${isFolder ? '/' : ''}`;
    roots.push({ read, isFolder, files, leftOut: scan.leftOut, to });
  }
  return roots;
}

/** Where a local path will be; undefined for one that no root brings along. */
function placeIn(roots: readonly Root[], from: string): string | undefined {
  for (const root of roots) {
    if (root.read.from === from) return root.to;
    if (!root.isFolder || !from.startsWith(root.read.from + sep)) continue;
    const path = from.slice(root.read.from.length + 1).replaceAll(sep, '/');
    if (root.files.some((file) => file.path === path)) return root.to + path;
    if (root.files.some((file) => file.path.startsWith(`${path}/`))) return `${root.to}${path}/`;
  }
  return undefined;
}

function uploadOf(root: Root, reads: readonly Read[], roots: readonly Root[]): Upload {
  const own = reads.filter(({ from }) => placeIn(roots, from)?.startsWith(root.to));
  return {
    written: root.read.written,
    from: root.read.from,
    to: root.to,
    usedBy: [...new Set(own.map(({ usedBy }) => usedBy))],
    files: root.files.map(({ path, from, bytes, md5, sha256 }) => ({
      from,
      to: root.isFolder ? root.to + path : root.to,
      bytes,
      md5,
      sha256,
    })),
    bytes: root.files.reduce((sum, { bytes }) => sum + bytes, 0),
    leftOut: root.leftOut,
  };
}

// ---- places in the body

const mark = 'weft-local:';

function marked(written: string, { kind }: { readonly kind: Read['kind'] }): string {
  return `${mark}${kind}:${written}`;
}

function readMark(text: string): Pick<Read, 'kind' | 'written'> {
  const [, kind, ...written] = text.split(':');
  return { kind: kind as Read['kind'], written: written.join(':') };
}

type Path = readonly (string | number)[];

function mapPlaces(value: unknown, path: Path, replace: (mark: string, path: Path) => string): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? replace(value, path) : value;
  if (Array.isArray(value)) return value.map((item, index) => mapPlaces(item, [...path, index], replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapPlaces(each, [...path, name], replace)]));
}

/** `train: algorithm.code_dir`, and whether the run writes there instead of reading. */
function placeOf(body: WorkflowBody, path: Path): { readonly name: string; readonly isWritten: boolean } {
  const [section, index, ...rest] = path;
  const entry = (body[section as string] as readonly Readonly<Record<string, unknown>>[] | undefined)?.[index as number];
  const member = rest.filter((part) => part !== 'properties' && part !== 'config' && typeof part === 'string').join('.');
  const name = entry?.['name'] === undefined ? path.join('.') : String(entry['name']);
  if (section === 'storages') return { name: `storage ${name}`, isWritten: entry?.['create_dir'] === true };
  if (section !== 'steps') return { name: `data ${name}`, isWritten: false };
  const makes = rest[0] === 'outputs' && !['model', 'service'].includes(String(entry?.['type']));
  return { name: `${name}: ${member}`, isWritten: makes || member.startsWith('spec.log_export_path') };
}

// ---- places in given values

function localPathsOf({ value }: GivenValue): readonly string[] {
  const path = typeof value === 'string' ? value : obsPathOf(value);
  return path?.startsWith('file://') ? [pathOfUri(path)] : [];
}

function withPlaces(given: GivenValue, placed: (from: string) => string): GivenValue {
  const { name, value } = given;
  if (typeof value === 'string' && value.startsWith('file://')) {
    const place = placed(pathOfUri(value));
    return { name, value: place, text: place };
  }
  const path = obsPathOf(value);
  return path?.startsWith('file://') ? { name, value: { ...(value as object), obs_path: placed(pathOfUri(path)) } } : given;
}

function pathOfUri(uri: string): string {
  return resolve(fileURLToPath(uri)); // without a final slash
}

function obsPathOf(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const path = (value as { readonly obs_path?: Json }).obs_path;
  return typeof path === 'string' ? path : undefined;
}

// ---- what stands in the way

function noStaging(engine: ServiceEngineConfig, { written, usedBy }: Read): Localized {
  const wrong = engine.staging === undefined ? 'has no staging' : `has staging "${engine.staging}", which is no bucket path`;
  const wrongZh = engine.staging === undefined ? '没有设置 staging' : `的 staging“${engine.staging}”不是桶路径`;
  return {
    en: `${usedBy} is ${written} on this machine, and engine "${engine.name}" ${wrong}: add "staging: /bucket/folder/" to it in weft.config.yaml.`,
    zh: `${usedBy} 使用本机的 ${written}，而引擎“${engine.name}”${wrongZh}：请在 weft.config.yaml 中为它添加 "staging: /桶名/目录/"。`,
  };
}

function writtenHere(name: string, written: string): Localized {
  return {
    en: `${name} writes to ${written} on this machine, which a run in the cloud cannot: give it a path like /bucket/folder/, or a storage whose root the values file of the engine names.`,
    zh: `${name} 写入本机的 ${written}，云端运行无法写入：请改为 /桶名/目录/ 形式的路径，或使用由引擎的取值文件指定根路径的存储。`,
  };
}

function secretParameter(name: string): Localized {
  return {
    en: `Parameter ${name} is secret, and the service keeps the values of parameters readable in the workflow and its runs: have the code fetch the secret where it runs, and take the parameter out.`,
    zh: `参数 ${name} 为机密参数，而服务会以可读形式保存工作流及其运行的参数值：请让代码在运行处获取该机密，并移除此参数。`,
  };
}

function missing({ usedBy, written, from }: Read): Localized {
  return { en: `${usedBy}: ${written} is not there (${from}).`, zh: `${usedBy}：${written} 不存在（${from}）。` };
}

function wrongKind({ usedBy, written }: Read, kind: 'file' | 'folder'): Localized {
  return kind === 'folder'
    ? { en: `${usedBy}: ${written} is a file, and a folder is needed.`, zh: `${usedBy}：${written} 是文件，此处需要目录。` }
    : { en: `${usedBy}: ${written} is a folder, and a file is needed.`, zh: `${usedBy}：${written} 是目录，此处需要文件。` };
}

function empty({ usedBy, written }: Read): Localized {
  return { en: `${usedBy}: ${written} has no files to upload.`, zh: `${usedBy}：${written} 中没有可上传的文件。` };
}

function tooLarge(file: string): Localized {
  return {
    en: `${file} is larger than the 5 GB that one upload takes: bring it to object storage yourself and name its path.`,
    zh: `${file} 超过单次上传的 5 GB 上限：请自行上传到对象存储并填写其路径。`,
  };
}
