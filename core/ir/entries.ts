// Parts -> the typed entries of the IR: declarations, steps with their slots and conditions, scenes.
import { bodyMember } from '../schema/descriptor.ts';
import { isStepType } from '../steps/step-types.ts';
import { asDeclared } from './declared-type.ts';
import {
  emptyMap,
  isNothing,
  type MapPart,
  mapOf,
  type Part,
  type PartField,
  partOf,
  textOf,
  valueOf,
  valuesOf,
} from './part.ts';
import type { Condition, Declaration, Input, Name, Output, Scene, Step } from './workflow.ts';

/** How a document says it: a file of the language, or a request body of the service. */
export type Form = 'file' | 'body';

export function toDeclaration(
  kind: Declaration['kind'],
  field: PartField,
  section: Declaration['section'],
  form: Form,
): Declaration {
  const { name, origin, map, unread } = open(field);
  const fields = valuesOf(map);
  return {
    kind,
    name,
    origin,
    fields: kind === 'parameter' && form === 'file' ? asDeclared(fields) : fields,
    ...(section && { section }),
    ...(unread && { unread }),
  };
}

export function toScene(field: PartField): Scene {
  const { name, origin, map, unread } = open(field);
  const id = textOf(partOf(map, 'id'));
  const body = mapOf(partOf(map, bodyMember));
  const steps = partOf(map, 'steps');
  return {
    name,
    origin,
    ...((unread || !areNames(steps)) && { unread: true }),
    steps: namesOf(steps) ?? [],
    ...(id !== undefined && { id }),
    ...(body && { body: valuesOf(body) }),
  };
}

/** A body without `depend_steps` has none; a file without them leaves them to be derived. */
export function toStep(field: PartField, form: Form): Step {
  const { name, origin, map, unread } = open(field);
  const type = partOf(map, 'type');
  const typeName = type?.kind === 'scalar' && type.value !== null ? { text: type.text, origin: type.origin } : undefined;
  return {
    kind: 'step',
    name,
    origin,
    type: typeName && isStepType(typeName.text) ? typeName.text : undefined,
    typeName,
    title: textOf(partOf(map, 'title')),
    dependSteps: namesOf(partOf(map, 'depend_steps')) ?? (form === 'body' ? [] : undefined),
    inputs: mapOf(partOf(map, 'inputs'))?.entries.map(toInput) ?? [],
    outputs: mapOf(partOf(map, 'outputs'))?.entries.map(toOutput) ?? [],
    conditions: conditionsOf(partOf(map, 'conditions')),
    ifThenSteps: namesOf(partOf(map, 'if_then_steps')) ?? [],
    elseThenSteps: namesOf(partOf(map, 'else_then_steps')) ?? [],
    skipConditions: conditionsOf(partOf(mapOf(partOf(map, 'policy')), 'skip_conditions')),
    fields: valuesOf({ ...map, entries: map.entries.filter((entry) => !slots.has(entry.name.text) || !isSlot(entry)) }),
    ...(unread && { unread }),
  };
}

/** Whether a slot could be read; one that could not stays among the fields. */
function isSlot({ name, value }: PartField): boolean {
  if (isNothing(value)) return true;
  if (named.has(name.text)) return areNames(value);
  return value.kind === (name.text === 'inputs' || name.text === 'outputs' ? 'map' : 'scalar');
}

const named: ReadonlySet<string> = new Set(['depend_steps', 'if_then_steps', 'else_then_steps']);

const slots: ReadonlySet<string> = new Set([
  'type',
  'title',
  'depend_steps',
  'inputs',
  'outputs',
  'if_then_steps',
  'else_then_steps',
]);
const outputSlots: ReadonlySet<string> = new Set(['type']);

function toInput(field: PartField): Input {
  const { name, origin, map } = open(field);
  const data = field.value.kind === 'map' ? partOf(map, 'data') : field.value;
  const body = mapOf(partOf(map, bodyMember));
  return {
    kind: 'input',
    name,
    origin,
    type: textOf(partOf(map, 'type')),
    data: data && !(data.kind === 'scalar' && data.value === null) ? valueOf(data) : undefined,
    ...(body && { body: valuesOf(body) }),
  };
}

function toOutput(field: PartField): Output {
  const { name, origin, map, unread } = open(field);
  const fields = valuesOf(map, outputSlots);
  return { kind: 'output', name, origin, type: textOf(partOf(map, 'type')), fields, ...(unread && { unread }) };
}

interface Open {
  readonly name: Name;
  readonly origin: Name['origin'];
  readonly map: MapPart;
  readonly unread: boolean;
}

function open(field: PartField): Open {
  const { name, value, origin } = field;
  const map = value.kind === 'map' ? value : emptyMap(value.origin);
  return { name, origin: origin ?? name.origin, map, unread: value.kind !== 'map' && !isNothing(value) };
}

/** Nothing, or a list of names only. */
function areNames(part: Part | undefined): boolean {
  if (!part || isNothing(part)) return true;
  return part.kind === 'list' && part.items.every((item) => item.kind === 'scalar' && typeof item.value === 'string');
}

function conditionsOf(part: Part | undefined): readonly Condition[] {
  return part?.kind === 'conditions' ? part.items : [];
}

/** Undefined where there is no list. What is no name in it is left out. */
function namesOf(part: Part | undefined): readonly Name[] | undefined {
  if (part?.kind !== 'list') return undefined;
  return part.items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [{ text: item.text, origin: item.origin }] : [],
  );
}
