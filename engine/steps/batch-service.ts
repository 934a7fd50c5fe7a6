// A batch service: its data, and the run over them, after which it stops. Source: SDK digest 12.3.
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { addressOf, type ServiceRecord } from '../registries/services.ts';
import { type Batch, MappingError, runBatch } from '../services/batch.ts';
import { locateInput } from './input-data.ts';
import type { LocalMachine } from './local-machine.ts';
import type { ModelEntry } from './model-list.ts';
import { fileParameterOf, predictPathOf, usablePackageConfig } from './model-package.ts';
import { mapAt, textAt } from './setting.ts';
import { type StepContext, StepError } from './step-runner.ts';

export interface BatchSettings {
  readonly source: string;
  readonly target: string;
  /** The target as the storage names it. */
  readonly written: string;
  /** Of the interface. */
  readonly path: string;
  readonly mapping: Batch['mapping'];
}

/** Rejects with StepError. `src_path`, `dest_path`, `req_uri`, `mapping_type` and `mapping_rule` of the one entry (SDK digest 12.3). */
export async function batchSettings(
  step: ResolvedStep,
  entries: readonly ModelEntry[],
  machine: LocalMachine,
): Promise<BatchSettings> {
  const refuse = (message: string) => new StepError('batch-settings', `step "${step.name}": ${message}`);
  const [entry, ...more] = entries;
  if (!entry || more.length > 0) throw refuse('a batch service has one model');
  const { settings, model } = entry;
  const from = textAt(settings, 'src_path');
  const to = textAt(settings, 'dest_path');
  if (from === undefined || to === undefined) {
    throw refuse('the entry of its model needs src_path, a folder with the data, and dest_path, a folder for the answers');
  }
  const source = await locateInput(step, { name: 'src_path', type: 'obs', value: { obs_url: from } }, machine);
  const target = await machine.storage.makeFolder(to);
  const config = usablePackageConfig(model.path);
  const path = textAt(settings, 'req_uri') ?? predictPathOf(config);
  const rule = mapAt(settings, 'mapping_rule');
  if (textAt(settings, 'mapping_type') !== 'csv') {
    return { source, target, written: to, path, mapping: { kind: 'file', parameter: fileParameterOf(config, path) } };
  }
  if (!rule) throw refuse('mapping_type csv needs a mapping_rule');
  return { source, target, written: to, path, mapping: { kind: 'csv', rule } };
}

/** The service is stopped whatever comes of it. Rejects with StepError, or with the signal's reason. */
export async function runToEnd(
  step: ResolvedStep,
  context: StepContext,
  service: ServiceRecord,
  batch: BatchSettings,
  machine: LocalMachine,
): Promise<void> {
  const { source, target, mapping, path } = batch;
  const { signal } = context;
  const progress = (done: number, total: number) => context.progress(`${done} of ${total} files`);
  try {
    const url = `${addressOf(service)}${path}`;
    const { requests, refused, refusal } = await runBatch({ url, source, target, mapping, signal, progress });
    if (requests === 0) throw new StepError('batch-empty', `step "${step.name}": ${source} has no data for a batch service`);
    const count = `${refused} of ${requests} requests were refused, first ${refusal}`;
    if (refused === requests) throw new StepError('batch-refused', `step "${step.name}": ${count}`);
    if (refused > 0) context.warn('batch-refused', `step "${step.name}": ${count}`);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    throw new StepError('mapping-rule', `step "${step.name}": ${error.message}`, { cause: error });
  } finally {
    await machine.services.stop(service.id);
  }
}
