// The typed entries of the IR -> parts again, as entries.ts had them: what emission into either form starts from.
// Conditions are members again; what is written nowhere (a title that is the name, a derived list) stays absent.
import { bodyMember } from '../schema/descriptor.ts';
import type { Origin } from '../text/origin.ts';
import type { MapPart, Part, PartField } from './part.ts';
import type { Condition, Declaration, Input, MapValue, Name, Output, Scene, Step, Value, Workflow } from './workflow.ts';

/** The workflow without its collections. */
export function headPart(workflow: Workflow): MapPart {
  const { name, origin, fields } = workflow;
  return mapPart(origin, [...(name ? [nameField('name', name)] : []), ...fields.entries]);
}

export function declarationPart(declaration: Declaration): PartField {
  return { name: declaration.name, origin: declaration.origin, value: declaration.fields };
}

export function scenePart(scene: Scene): PartField {
  const { name, origin, id, steps, body } = scene;
  const entries: PartField[] = [];
  if (id !== undefined) entries.push(field('id', origin, text(id, origin)));
  entries.push(namesField('steps', steps, origin));
  if (body) entries.push(field(bodyMember, origin, body));
  return { name, origin, value: mapPart(origin, entries) };
}

export function stepPart(step: Step): PartField {
  const { name, origin, typeName, title, dependSteps, ifThenSteps, elseThenSteps } = step;
  const entries: PartField[] = [];
  if (typeName) entries.push(nameField('type', typeName));
  if (title !== undefined) entries.push(field('title', origin, text(title, origin)));
  if (dependSteps) entries.push(namesField('depend_steps', dependSteps, origin));
  entries.push(field('inputs', origin, mapPart(origin, step.inputs.map(inputPart))));
  entries.push(field('outputs', origin, mapPart(origin, step.outputs.map(outputPart))));
  entries.push(namesField('if_then_steps', ifThenSteps, origin), namesField('else_then_steps', elseThenSteps, origin));
  entries.push(...fieldsOf(step));
  return { name, origin, value: mapPart(origin, entries) };
}

function inputPart(input: Input): PartField {
  const { name, origin, type, data, body } = input;
  const entries: PartField[] = [];
  if (data) entries.push(field('data', data.origin, data));
  if (type !== undefined) entries.push(field('type', origin, text(type, origin)));
  if (body) entries.push(field(bodyMember, body.origin, body));
  return { name, origin, value: mapPart(origin, entries) };
}

function outputPart(output: Output): PartField {
  const { name, origin, type, fields } = output;
  const entries = type === undefined ? [] : [field('type', origin, text(type, origin))];
  return { name, origin, value: mapPart(origin, [...entries, ...fields.entries]) };
}

/** The step's other members, with what was written of conditions replaced by what it means. */
function fieldsOf(step: Step): readonly PartField[] {
  const { fields, conditions, skipConditions, origin } = step;
  const policy = fields.entries.find(({ name }) => name.text === 'policy')?.value;
  const skip =
    policy === undefined || policy.kind === 'map' ? withConditions(policy, 'skip_conditions', skipConditions, origin) : policy;
  const whole = withConditions(fields, 'conditions', conditions, origin);
  const entries = whole.entries.map((each) => (each.name.text === 'policy' ? { ...each, value: skip } : each));
  return policy || skipConditions.length === 0 ? entries : [...entries, field('policy', origin, skip)];
}

function withConditions(map: MapValue | undefined, member: string, items: readonly Condition[], at: Origin): MapPart {
  const part = (written: Value): Part => ({ kind: 'conditions', origin: written.origin, items, written });
  const entries: PartField[] = (map?.entries ?? []).map((each) =>
    each.name.text === member ? { ...each, value: part(each.value) } : each,
  );
  if (items.length > 0 && !entries.some(({ name }) => name.text === member)) {
    entries.push(field(member, at, part({ kind: 'list', origin: at, items: [] })));
  }
  return mapPart(map?.origin ?? at, entries);
}

function namesField(member: string, names: readonly Name[], at: Origin): PartField {
  const items = names.map((name) => text(name.text, name.origin));
  return field(member, at, { kind: 'list', origin: at, items });
}

function nameField(member: string, name: Name): PartField {
  return field(member, name.origin, text(name.text, name.origin));
}

function field(member: string, origin: Origin, value: Part): PartField {
  return { name: { text: member, origin }, value };
}

function text(value: string, origin: Origin): Value {
  return { kind: 'scalar', origin, text: value, value, quoted: true };
}

function mapPart(origin: Origin, entries: readonly PartField[]): MapPart {
  return { kind: 'map', origin, entries };
}
