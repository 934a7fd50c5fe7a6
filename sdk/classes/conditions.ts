// Conditions in the classes of the SDK for Python.
import { comparison, either } from '../conditions.ts';
import { keep, madeOf } from '../made.ts';
import type { Condition, Metric, Operand, Output } from '../references.ts';
import { callSite } from '../call-site.ts';
import type { ConditionTypeEnum } from './enums.ts';
import { type SdkClass, sdkClass } from './sdk-class.ts';

export interface ConditionMembers {
  readonly condition_type: (typeof ConditionTypeEnum)[keyof typeof ConditionTypeEnum];
  readonly left: Operand;
  readonly right: Operand;
}

/** A comparison; with `ConditionTypeEnum.OR` either of two conditions. */
export const ConditionClass: SdkClass<ConditionMembers, Condition> = sdkClass(
  ({ condition_type, left, right }: ConditionMembers) => {
    const from = [
      [0, 'left'],
      [0, 'right'],
    ] as const;
    if (condition_type === 'or') return either([left, right] as readonly Condition[], from);
    return comparison(condition_type, left, right, from);
  },
);

export interface MetricMembers {
  readonly input_data: Output<'metrics'>;
  /** The `key` of a `float` entry in the file of metrics. */
  readonly json_key: string;
}

export interface MetricInfoClass {
  new (input: Output<'metrics'>, key: string): Metric;
  new (members: MetricMembers): Metric;
  (input: Output<'metrics'>, key: string): Metric;
  (members: MetricMembers): Metric;
}

function metricInfo(first: Output<'metrics'> | MetricMembers, second?: string): Metric {
  const isNamed = madeOf(first) === undefined && typeof first === 'object' && 'input_data' in first;
  const [input, key] = isNamed ? [first.input_data, first.json_key] : [first, second];
  const made = madeOf(input);
  if (made?.kind !== 'output')
    throw new TypeError('MetricInfo takes the metrics output of a job, and the key of a metric in it.');
  const named = isNamed
    ? { call: callSite(), output: [0, 'input_data'], key: [0, 'json_key'] }
    : { call: callSite(), output: [0], key: [1] };
  return keep({ is: 'metric' }, { kind: 'output', step: made.step, output: made.output, key: String(key), named });
}

/** A number of a metrics file: `new wf.steps.MetricInfo(training.outputs['metrics'].as_input(), 'accuracy')`. */
export const MetricInfo = function MetricInfo(first: Output<'metrics'> | MetricMembers, second?: string): Metric {
  return metricInfo(first, second);
} as unknown as MetricInfoClass;
