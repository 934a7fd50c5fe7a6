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

/** What passes through more steps than this cannot be told: each of them is a call inside of another. */
const longestWay = 32;

export function kindOfOutput(reference: OutputReference, bound: Bound): DataKind | undefined {
  return kindThrough(reference, bound, { asked: new Map(), depth: 0 });
}

/** The kind of an output of this very step, whichever step has its name first. */
export function kindMade(step: Step, output: Output, bound: Bound): DataKind | undefined {
  return made(step, output, bound, { asked: new Map(), depth: 0 });
}

interface Way {
  /** What is known of outputs on the way; undefined while one is being asked, so that a cycle of imports ends. */
  readonly asked: Map<Output, DataKind | undefined>;
  readonly depth: number;
}

function kindThrough(reference: OutputReference, bound: Bound, way: Way): DataKind | undefined {
  const binding = bound.steps.get(reference.step.text);
  const output = binding?.outputs.get(reference.output.text);
  if (!binding || !output || way.depth > longestWay) return undefined;
  return way.asked.has(output) ? way.asked.get(output) : made(binding.step, output, bound, way);
}

function made(step: Step, output: Output, bound: Bound, { asked, depth }: Way): DataKind | undefined {
  asked.set(output, undefined);
  const kind = stepKind(step.type)?.makes(output, kindsOfInputs(step, bound, { asked, depth: depth + 1 }));
  asked.set(output, kind);
  return kind;
}

function* kindsOfInputs(step: Step, bound: Bound, way: Way): Generator<DataKind> {
  for (const input of step.inputs) {
    const kind = kindOnWay(input.data, bound, way) ?? toDataKind(input.type);
    if (kind) yield kind;
  }
}

/** As `kindOfValue`, but knows what is being asked already: imports may lead back to themselves. */
function kindOnWay(value: Value | undefined, bound: Bound, way: Way): DataKind | undefined {
  if (value?.kind === 'select') {
    for (const item of value.items) {
      const kind = kindOnWay(item, bound, way);
      if (kind) return kind;
    }
    return undefined;
  }
  if (value?.kind === 'reference' && value.reference.root === 'steps') return kindThrough(value.reference, bound, way);
  return kindOfValue(value, bound);
}
