// Settings of an import (guide tables 5-22, 5-32, 5-34) -> where samples come from; and the failures of reading them as a step's.
import { statSync } from 'node:fs';
import type { Plain, PlainMap } from '../../core/plan/plain.ts';
import { LayoutError } from '../datasets/layouts.ts';
import { ManifestError, type Sample } from '../datasets/manifest.ts';
import { missingFiles, readSource, type SampleSource } from '../datasets/source.ts';
import type { DatasetRecord } from '../registries/datasets.ts';
import type { Storage } from '../storage/paths.ts';
import { flagAt, isMap, listAt, mapAt, textAt } from './setting.ts';
import { StepError } from './step-runner.ts';

/** `settings`: `import_config` or the properties of an import; `path` absolute, is there. */
export function sourceOf(path: string, dataType: string, settings: PlainMap | undefined): SampleSource {
  const format = listAt(settings, 'annotation_format_config').find(isMap);
  const parameters = mapAt(format, 'parameters');
  const withLabels = flagAt(settings, 'import_annotations') ?? true;
  const separators = {
    sampleLabelSeparator: textAt(parameters, 'sample_label_separator'),
    labelSeparator: textAt(parameters, 'label_separator'),
  };
  return {
    path,
    kind: isManifest(path, settings) ? 'manifest' : 'folder',
    dataType,
    format: withLabels ? textAt(format, 'format_name') : undefined,
    withLabels,
    includedLabels: [...labelsAt(settings, 'included_labels'), ...labelsAt(parameters, 'included_labels')],
    excludedLabels: labelsAt(settings, 'excluded_labels'),
    hardOnly: flagAt(parameters, 'difficult_only') ?? false,
    ...(separators.sampleLabelSeparator !== undefined && { sampleLabelSeparator: separators.sampleLabelSeparator }),
    ...(separators.labelSeparator !== undefined && { labelSeparator: separators.labelSeparator }),
  };
}

/** Rejects with StepError where the source cannot be read or has nothing. */
export async function samplesOf(what: string, source: SampleSource, storage: Storage): Promise<readonly Sample[]> {
  try {
    const samples = await readSource(source, storage);
    if (samples.length > 0) return samples;
    throw new LayoutError(
      `${source.path} has no ${source.kind === 'manifest' ? 'samples' : `files of the kind ${source.dataType}`} that are wanted`,
    );
  } catch (error) {
    if (error instanceof LayoutError || error instanceof ManifestError) {
      throw new StepError('data-not-read', `${what}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** Throws StepError where files of the dataset were removed behind its back. */
export function checkFiles(dataset: DatasetRecord, samples: readonly Sample[]): void {
  const gone = missingFiles(samples);
  if (gone.length === 0) return;
  throw new StepError(
    'samples-missing',
    `${gone.length} of ${samples.length} files of dataset "${dataset.name}" are not there any more, first ${gone[0]}; ` +
      'put them back, or give another dataset_name to make a new dataset',
  );
}

function isManifest(path: string, settings: PlainMap | undefined): boolean {
  if (textAt(settings, 'import_type') === 'MANIFEST') return true;
  return statSync(path).isFile() && path.endsWith('.manifest');
}

function labelsAt(map: PlainMap | undefined, name: string): readonly string[] {
  return listAt(map, name).flatMap((label: Plain) => {
    const text = isMap(label) ? textAt(label, 'name') : label;
    return typeof text === 'string' ? [text] : [];
  });
}
