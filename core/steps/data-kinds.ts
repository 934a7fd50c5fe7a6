// Which kind of data a value, an input or an output is. Undefined wherever it cannot be told: unknown names, unknown types.
import type { Declaration, Input, Output, OutputReference, Step, Value } from '../ir/workflow.ts';
import { fieldOf, textAt } from '../ir/workflow.ts';
import { type Bound, dataOf } from '../refs/bind.ts';
import { type DataKind, toDataKind } from './step-kind.ts';
import { stepKind } from './step-kinds.ts';

/** Members that only one kind of data has, for values written inline and declarations without a type. */
const byMember: readonly (readonly [member: string, kind: DataKind])[] = [
  ['task_name', 'label_task'],
  ['dataset_name', 'dataset'],
  ['obs_path', 'obs'],
  ['swr_path', 'swr'],
  ['subscription_id', 'model'],
  ['service_id', 'service'],
];

export function kindOfDeclaration(declaration: Declaration): DataKind | undefined {
  return toDataKind(textAt(declaration.fields, 'type'));
}

/** The kind of a value in a data position. A choice has the kind of its first candidate that has one. */
export function kindOfValue(value: Value | undefined, bound: Bound): DataKind | undefined {
  switch (value?.kind) {
    case 'scalar':
      return typeof value.value === 'string' ? 'obs' : undefined;
    case 'map':
      return byMember.find(([member]) => fieldOf(value, member))?.[1];
    case 'list':
      return undefined;
    case 'select':
      return value.items.map((item) => kindOfValue(item, bound)).find((kind) => kind !== undefined);
    case 'reference':
      switch (value.reference.root) {
        case 'storages':
          return 'obs';
        case 'data': {
          const declaration = dataOf(bound, value.reference);
          return declaration && kindOfDeclaration(declaration);
        }
        case 'steps':
          return kindOfOutput(value.reference, bound);
        case 'parameters':
          return undefined;
      }
  }
  return undefined;
}

export function kindOfInput(input: Input, bound: Bound): DataKind | undefined {
  return kindOfValue(input.data, bound) ?? toDataKind(input.type);
}

/** `behind`: steps that are being asked already, so that a cycle of imports ends. */
export function kindOfOutput(reference: OutputReference, bound: Bound, behind: readonly Step[] = []): DataKind | undefined {
  const binding = bound.steps.get(reference.step.text);
  const output = binding?.outputs.get(reference.output.text);
  if (!binding || !output || behind.includes(binding.step)) return undefined;
  return kindMade(binding.step, output, bound, behind);
}

/** The kind of an output of this very step, whichever step has its name first. */
export function kindMade(step: Step, output: Output, bound: Bound, behind: readonly Step[] = []): DataKind | undefined {
  return stepKind(step.type)?.makes(output, kindsOfInputs(step, bound, behind));
}

function* kindsOfInputs(step: Step, bound: Bound, behind: readonly Step[]): Generator<DataKind> {
  for (const input of step.inputs) {
    const { data } = input;
    const from = data?.kind === 'reference' && data.reference.root === 'steps' ? data.reference : undefined;
    const kind = from ? kindOfOutput(from, bound, [...behind, step]) : kindOfInput(input, bound);
    if (kind) yield kind;
  }
}
