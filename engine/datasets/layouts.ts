// Folders of files, labelled in the documented layouts, read as samples. Source: platform digest section 7; guide 3.10.
// Files are used where they lie. The order of the samples is that of their paths, whatever the file system says.
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Annotation, Sample } from './manifest.ts';

export interface Layout {
  /** IMAGE, TEXT, AUDIO, VIDEO, TABULAR (TABLE), FREE_FORMAT (PLAIN). */
  readonly dataType: string;
  /** `format_name`; undefined: labels are not read. */
  readonly format: string | undefined;
  /** Between text and label in one file; a tab when absent. */
  readonly sampleLabelSeparator?: string;
  /** Between labels; a comma when absent. */
  readonly labelSeparator?: string;
}

/** The folder does not have the layout; the message says what is expected where. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
}

/** Names that sort before what they stand for: file extensions of a kind of data, lower case. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  IMAGE: ['.jpg', '.jpeg', '.png', '.bmp', '.gif', '.tif', '.tiff', '.webp'],
  AUDIO: ['.wav', '.mp3', '.flac'],
  VIDEO: ['.mp4', '.avi', '.mov', '.mkv'],
  TEXT: ['.txt', '.csv'],
  TABULAR: ['.csv'],
};
const sampleTypes: Readonly<Record<string, number>> = { IMAGE: 0, TEXT: 1, AUDIO: 2, TABULAR: 4, VIDEO: 6 };

/** The other SDK's spellings. */
export function toDataType(text: string | undefined): string {
  return text === 'TABLE' ? 'TABULAR' : text === 'PLAIN' || text === undefined ? 'FREE_FORMAT' : text;
}

/** Rejects with LayoutError. */
export async function readFolder(root: string, layout: Layout): Promise<Sample[]> {
  const files = await filesBelow(root);
  const kind = toDataType(layout.dataType);
  const wanted = extensions[kind];
  const own = wanted ? files.filter((file) => wanted.includes(extname(file).toLowerCase())) : files;
  const sample = (file: string, annotation: readonly Annotation[]): Sample => ({
    source: pathToFileURL(join(root, file)).href,
    ...(sampleTypes[kind] !== undefined && { 'sample-type': sampleTypes[kind] }),
    ...(annotation.length > 0 && { annotation }),
  });
  const there = new Set(files);

  switch (layout.format) {
    case 'MA_IMAGE_CLASSIFICATION_V1':
    case 'MA_IMAGENET_V1':
      return await Promise.all(
        own.map(async (file) => {
          const list = withExtension(file, '.txt');
          const names = there.has(list) ? await linesOf(join(root, list)) : folderLabel(file);
          return sample(
            file,
            names.map((name) => labelled('image_classification', name)),
          );
        }),
      );
    case 'MA_AUDIO_CLASSIFICATION_DIR_V1':
      return own.map((file) =>
        sample(
          file,
          folderLabel(file).map((name) => labelled('audio_classification', name)),
        ),
      );
    case 'MA_PASCAL_VOC_V1':
      return own.map((file) => sample(file, boxes(root, there, file, '.xml', 'object_detection', 'PASCAL VOC')));
    case 'MA_IMAGE_SEGMENTATION_V1':
      return own.map((file) => sample(file, boxes(root, there, file, '.xml', 'image_segmentation', 'PASCAL VOC')));
    case 'YOLO':
      return own.map((file) => sample(file, boxes(root, there, file, '.txt', 'object_detection', 'YOLO')));
    case 'MA_TEXT_CLASSIFICATION_COMBINE_V1':
      return (await Promise.all(own.map((file) => textsInOne(root, file, layout)))).flat();
    case 'MA_TEXT_CLASSIFICATION_V1':
      return (
        await Promise.all(own.filter((file) => !isResult(file)).map((file) => textsInTwo(root, there, file, layout)))
      ).flat();
    case undefined:
      if (kind === 'TEXT') return (await Promise.all(own.map((file) => texts(root, file)))).flat();
      return own.map((file) => sample(file, []));
    default:
      throw new LayoutError(`the annotation format ${layout.format} is not known`);
  }
}

/** Relative to the root, sorted. Hidden files and folders are no data. */
async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !file.split(sep).some((part) => part.startsWith('.')))
    .sort();
}

/** The innermost folder; none for a file that lies in the root. */
function folderLabel(file: string): readonly string[] {
  const folder = dirname(file);
  return folder === '.' ? [] : [basename(folder)];
}

function labelled(type: string, name: string): Annotation {
  return { type: `modelarts/${type}`, name, 'annotated-by': 'human' };
}

function boxes(
  root: string,
  there: ReadonlySet<string>,
  file: string,
  extension: string,
  type: string,
  format: string,
): readonly Annotation[] {
  const beside = withExtension(file, extension);
  if (!there.has(beside)) return [];
  const location = pathToFileURL(join(root, beside)).href;
  return [{ type: `modelarts/${type}`, 'annotation-loc': location, 'annotation-format': format, 'annotated-by': 'human' }];
}

async function textsInOne(root: string, file: string, layout: Layout): Promise<Sample[]> {
  const separator = layout.sampleLabelSeparator ?? '\t';
  return (await linesOf(join(root, file))).map((line) => {
    const at = line.lastIndexOf(separator);
    return at < 0 ? textSample(line, []) : textSample(line.slice(0, at), labelsIn(line.slice(at + separator.length), layout));
  });
}

async function textsInTwo(root: string, there: ReadonlySet<string>, file: string, layout: Layout): Promise<Sample[]> {
  const lines = (await readFile(join(root, file), 'utf8')).split(/\r?\n/);
  const result = withExtension(file, '').concat('_result.txt');
  if (!there.has(result)) return lines.filter(Boolean).map((line) => textSample(line, []));
  const labels = (await readFile(join(root, result), 'utf8')).split(/\r?\n/);
  return lines.flatMap((line, index) => (line === '' ? [] : [textSample(line, labelsIn(labels[index] ?? '', layout))]));
}

async function texts(root: string, file: string): Promise<Sample[]> {
  return (await linesOf(join(root, file))).map((line) => textSample(line, []));
}

function textSample(text: string, labels: readonly string[]): Sample {
  const annotation = labels.map((name) => labelled('text_classification', name));
  return { source: `content://${text}`, 'sample-type': 1, ...(annotation.length > 0 && { annotation }) };
}

function labelsIn(text: string, { labelSeparator = ',' }: Layout): readonly string[] {
  return text
    .split(labelSeparator)
    .map((label) => label.trim())
    .filter(Boolean);
}

function isResult(file: string): boolean {
  return file.endsWith('_result.txt');
}

function withExtension(file: string, extension: string): string {
  return file.slice(0, file.length - extname(file).length) + extension;
}

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8'))
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}
