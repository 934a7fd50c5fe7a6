// Workflow -> text of a workflow file: what an import of a request body writes. Reading the file and emitting it as a body
// gives the body again, in the normal form of docs/file-format.md.
import { workflowShape } from '../generated/shapes.ts';
import { type Bound, bind } from '../refs/bind.ts';
import type { Member, NamedShape, ObjectShape } from '../schema/descriptor.ts';
import { bodyMember } from '../schema/descriptor.ts';
import { memberOf } from '../schema/shape.ts';
import { printYaml, type YamlEntry, type YamlMap, type YamlNode } from '../syntax/print-yaml.ts';
import { asDeclared } from './declared-type.ts';
import type { PartField } from './part.ts';
import { declarationPart, headPart, scenePart, stepPart } from './to-parts.ts';
import { type Declaration, type Field, fieldOf, type MapValue, type Step, textAt, valueAt, type Workflow } from './workflow.ts';
import { collection, type FileWriting, writeMembers } from './write-file.ts';

export interface EmitFileOptions {
  /** What the workflow was read from; a body says outright what a file implies (flags of storages). `body` when absent. */
  readonly form?: 'file' | 'body';
}

/** Total: of a workflow with errors, what could be read. */
export function emitFile(workflow: Workflow, options: EmitFileOptions = {}): string {
  return printYaml(fileTree(workflow, options));
}

/** What stands in the file. */
export function fileTree(workflow: Workflow, { form = 'body' }: EmitFileOptions = {}): YamlMap {
  const bound = withoutDerivedLists({ ...workflow, steps: workflow.steps.map(withoutVerbatim) });
  const ambiguous = namesInBoth(workflow);
  const writing: FileWriting = { bound, usedBy: new Map(), ambiguous, form };
  const nodes = collectionNodes(writing);
  const entries: YamlEntry[] = [];
  const head = writeMembers(writing, headPart(bound.workflow), header);
  for (const { name, shape } of workflowShape.members) {
    const node = shape.kind === 'named' ? nodes.get(name) : head.find(({ key }) => key === name)?.value;
    if (node) entries.push({ key: name, value: node });
  }
  entries.push(...head.filter(({ key }) => key === bodyMember));
  return { kind: 'map', entries, airy: true };
}

/** The root without its collections. */
const header: ObjectShape = { ...workflowShape, members: workflowShape.members.filter(({ shape }) => shape.kind !== 'named') };

function collectionNodes(writing: FileWriting): ReadonlyMap<string, YamlNode> {
  const { workflow } = writing.bound;
  const nodes = new Map<string, YamlNode>();
  const add = <T>(member: string, list: readonly T[], part: (each: T) => PartField, place: (each: T) => Partial<FileWriting>) => {
    if (list.length === 0) return;
    const { entry } = (memberOf(workflowShape, member) as Member & { readonly shape: NamedShape }).shape;
    const parts = list.map(part);
    const members = parts.map(({ value }, index) =>
      value.kind === 'map' ? writeMembers({ ...writing, ...place(list[index]!) }, value, entry) : [],
    );
    nodes.set(
      member,
      collection(
        parts.map(({ name }) => name.text),
        members,
        entry,
        parts.map(({ value }) => value),
      ),
    );
  };
  const declared = (member: string, list: readonly Declaration[]) =>
    add(member, list, declarationPart, (declaration) => {
      const isFile = textAt(declaration.fields, 'object_type') === 'file';
      return { declaration, section: declaration.section, isFile };
    });

  const fixed = workflow.data.filter((data) => data.section !== 'data_requirements');
  const asked = workflow.data.filter((data) => data.section === 'data_requirements');
  declared('storages', workflow.storages);
  declared('parameters', workflow.parameters.map(readable));
  if (writing.ambiguous.size === 0) declared('data', [...fixed, ...asked]);
  else {
    declared('data', fixed);
    declared('data_requirements', asked);
  }
  const data = nodes.get('data');
  if (data) nodes.set('data', withValues(data, fixed.length));
  add('steps', workflow.steps, stepPart, (step) => ({ step }));
  const steps = nodes.get('steps');
  if (steps?.kind === 'map') nodes.set('steps', { ...steps, airy: true } satisfies YamlMap);
  add('scenes', workflow.scenes, scenePart, () => ({}));
  add('sub_graphs', workflow.subGraphs, scenePart, () => ({}));
  return nodes;
}

/** `value:` with nothing behind it where fixed data has no value, since data without the member is asked for. */
function withValues(data: YamlNode, fixed: number): YamlNode {
  const complete = (entry: YamlNode, index: number): YamlNode => {
    const entries = entry.kind === 'map' ? entry.entries : [];
    if (index >= fixed || entries.some(({ key }) => key === 'value')) return entry;
    return { kind: 'map', entries: [...entries, { key: 'value', value: { kind: 'scalar', value: null } }] };
  };
  if (data.kind === 'list') return { ...data, items: data.items.map(complete) };
  if (data.kind !== 'map') return data;
  return { ...data, entries: data.entries.map(({ key, value }, index) => ({ key, value: complete(value, index) })) };
}

/** What a file would read as text, because the parameter is declared as text, is kept as the body has it. */
function readable(parameter: Declaration): Declaration {
  const read = asDeclared(parameter.fields);
  const changed = parameter.fields.entries.filter(({ value }, index) => !sameValue(value, read.entries[index]!.value));
  if (changed.length === 0) return parameter;
  const { origin, entries } = parameter.fields;
  const rest = fieldOf(parameter.fields, bodyMember);
  const body: MapValue = { kind: 'map', origin, entries: [...(rest?.kind === 'map' ? rest.entries : []), ...changed] };
  const others: Field[] = entries.filter((each) => !changed.includes(each) && each.name.text !== bodyMember);
  return {
    ...parameter,
    fields: { kind: 'map', origin, entries: [...others, { name: { text: bodyMember, origin }, value: body }] },
  };
}

function sameValue(a: Field['value'], b: Field['value']): boolean {
  if (a.kind === 'scalar' && b.kind === 'scalar') return a.value === b.value;
  if (a.kind === 'list' && b.kind === 'list') return a.items.every((item, index) => sameValue(item, b.items[index]!));
  return true;
}

function namesInBoth({ data }: Workflow): ReadonlySet<string> {
  const fixed = new Set(data.filter(({ section }) => section !== 'data_requirements').map(({ name }) => name.text));
  return new Set(
    data.filter(({ section, name }) => section === 'data_requirements' && fixed.has(name.text)).map(({ name }) => name.text),
  );
}

/** Conditions that are kept below `x-body`, since no expression says all of them, are not written and read nothing. */
function withoutVerbatim(step: Step): Step {
  const { fields } = step;
  const policy = fieldOf(fields, 'policy');
  const conditions = valueAt(fields, bodyMember, 'conditions') !== undefined;
  const skip = valueAt(fields, 'policy', bodyMember, 'skip_conditions') !== undefined && policy?.kind === 'map';
  if (!conditions && !skip) return step;
  const entries = fields.entries
    .filter(({ name }) => !(conditions && name.text === 'conditions'))
    .map((each) => (skip && each.value === policy ? { ...each, value: without(policy, 'skip_conditions') } : each));
  return {
    ...step,
    fields: { ...fields, entries },
    ...(conditions && { conditions: [] }),
    ...(skip && { skipConditions: [] }),
  };
}

function without(map: MapValue, member: string): MapValue {
  return { ...map, entries: map.entries.filter(({ name }) => name.text !== member) };
}

// ---- dependencies

/** The workflow without the lists of dependencies that follow from what its steps read, when just the others are written. */
function withoutDerivedLists(workflow: Workflow): Bound {
  const kept = new Set<number>();
  for (;;) {
    const steps = workflow.steps.map((step, index): Step => (kept.has(index) ? step : { ...step, dependSteps: undefined }));
    const bound = bind({ ...workflow, steps });
    const before = kept.size;
    for (const [index, step] of steps.entries()) {
      const written = workflow.steps[index]!.dependSteps;
      if (!written || kept.has(index)) continue;
      const derived = bound.dependencies.get(step)?.on.map((each) => each.step.name.text) ?? [];
      if (derived.join('\n') !== written.map(({ text }) => text).join('\n')) kept.add(index);
    }
    if (kept.size === before) return bound;
  }
}
