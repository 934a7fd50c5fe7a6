// What a step kind must answer, for shared code to ask instead of listing kinds. How it runs locally is engine/steps/<type>.ts.
import type { Output } from '../ir/workflow.ts';
import type { Localized } from '../text/diagnostic.ts';
import type { StepType } from './step-types.ts';

/** Kinds of data as the wire names them. */
export type DataKind =
  | 'dataset'
  | 'label_task'
  | 'obs'
  | 'swr'
  | 'model'
  | 'service'
  | 'model_list'
  | 'data_selector'
  | 'metrics'
  | 'service_content';

/** `expected`: the documents require it, their own examples leave it out: a warning. */
export type Need = 'required' | 'expected' | 'optional' | 'none';

export interface StepKind {
  readonly type: StepType;
  readonly label: Localized;
  readonly summary: Localized;
  /** Data that an input may be (guide 3.8). */
  readonly takes: readonly DataKind[];
  /** Whether an input may be a choice of sources. */
  readonly takesChoice: boolean;
  readonly inputs: Need;
  readonly outputs: Need;
  /** Whether the step is nothing but its conditions. */
  readonly decides: boolean;
  /** Whether `policy.skip_conditions` is allowed (guide 5.5). */
  readonly skippable: boolean;
  /** Waits for a person's work even when all values are there. */
  readonly waitsForPerson: boolean;
  /**
   * What an output is; undefined when it cannot be told. `inputs` are the kinds of the step's inputs as far as they are known,
   * each found out when asked for: that may lead through many steps.
   */
  makes(output: Output, inputs: Iterable<DataKind>): DataKind | undefined;
  /** Whether an output is what an input was. */
  readonly passesOn: boolean;
  /** Whether a dataset that it makes is a published version, which is what jobs read. */
  readonly versioned: boolean;
  /** What can be read of an output, where the names are fixed: `steps.S.outputs.O.<variable>`. */
  readonly variables: readonly string[];
  /** An entry of `steps` in the snippet syntax of LSP, the name first. */
  readonly snippet: string;
}

const known: ReadonlySet<string> = new Set<DataKind>([
  'dataset',
  'label_task',
  'obs',
  'swr',
  'model',
  'service',
  'model_list',
  'data_selector',
  'metrics',
  'service_content',
]);

/** Undefined for kinds that we do not know; those are carried, not judged. The wire calls images both `swr` and `image`. */
export function toDataKind(text: string | undefined): DataKind | undefined {
  if (text === 'image') return 'swr';
  return text !== undefined && known.has(text) ? (text as DataKind) : undefined;
}
