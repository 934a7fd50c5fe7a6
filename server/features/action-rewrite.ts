// Refactorings that say the same, or what is missing, in another way: members that a map needs are filled in; the steps that a step waits for
// are written out, or left to be derived again.
import { CodeActionKind } from 'vscode-languageserver';
import type { Step } from '../../core/ir/workflow.ts';
import { nearest } from '../../core/refs/nearest.ts';
import type { Member, ObjectShape, ScalarShape } from '../../core/schema/descriptor.ts';
import { type Description, describeAt } from '../../core/schema/describe.ts';
import { appliesTo } from '../../core/schema/shape.ts';
import type { StepKind } from '../../core/steps/step-kind.ts';
import { stepKind } from '../../core/steps/step-kinds.ts';
import { nodeAt, type Path, type PlaceAt, placeAt } from '../../core/syntax/locate.ts';
import { parse } from '../../core/syntax/parse.ts';
import type { SyntaxNode } from '../../core/syntax/tree.ts';
import { spanOf } from '../../core/text/origin.ts';
import { addEntries, addEntry, line, members, type NewValue } from '../edit/add-entry.ts';
import { newValueOf } from '../edit/from-tree.ts';
import { removeEntry } from '../edit/remove-entry.ts';
import { keyText } from '../edit/yaml-text.ts';
import type { Context } from '../feature.ts';
import { upstreamOf } from '../reachable.ts';
import { documentOf } from './action-declare.ts';
import type { Refactoring } from './action-extract.ts';
import { plainText } from './completion-offer.ts';

export const fillKind = `${CodeActionKind.RefactorRewrite}.fill`;
export const dependenciesKind = `${CodeActionKind.RefactorRewrite}.dependencies`;

export function rewrites(context: Context, offset: number): readonly Refactoring[] {
  const place = placeAt(context.analysis.parsed.tree, offset);
  if (!place) return [];
  return [filled(context, place), dependencies(context, place)].filter((each) => each !== undefined);
}

// ---- what a map needs

/** Of the map at the place: that of the key, or the one that the value stands in. */
export function filled(context: Context, { path }: PlaceAt): Refactoring | undefined {
  const { tree } = context.analysis.parsed;
  const own = nodeAt(tree, path);
  const at = own?.kind === 'map' || (!own && path.length > 0) ? path : path.slice(0, -1);
  const node = nodeAt(tree, at);
  const description = describeAt(tree, at);
  if (at.length === 0 || !description || (node && node.kind !== 'map')) return undefined;
  if (isBroken(context, node, at)) return undefined;
  const present = new Set(node?.entries.map(({ key }) => key.text));
  // A member that is only misspelt is not missing.
  const missing = [...needed(context, at, description)].filter(([name]) => !present.has(name) && !nearest(name, present));
  const edit = missing.length > 0 ? addEntries(documentOf(context), at, missing) : undefined;
  if (!edit) return undefined;
  const names = missing.map(([name]) => `\`${name}\``);
  return { title: { en: `Fill in ${names.join(', ')}`, zh: `补全 ${names.join('、')}` }, kind: fillKind, edits: [edit] };
}

/** What could not be read in the map or on the line below its key may be what is missing. */
function isBroken({ analysis: { parsed, source } }: Context, node: SyntaxNode | undefined, path: Path): boolean {
  const around = nodeAt(parsed.tree, path.slice(0, -1));
  const key = around?.kind === 'map' ? around.entries.findLast((entry) => entry.key.text === path.at(-1))?.key : undefined;
  const origin = node?.origin ?? key?.origin;
  if (!origin) return false;
  const { start, end } = spanOf(origin);
  const below = source.lineStart(source.positionAt(end).line + 2);
  return parsed.findings.some((finding) => {
    const at = spanOf(finding.origin).start;
    return start <= at && at < below;
  });
}

/** By the schema; of a step also what its kind needs, as the snippet of the kind has it. */
function needed(context: Context, path: Path, description: Description): ReadonlyMap<string, NewValue> {
  const { shape } = description;
  if (shape.kind !== 'object') return new Map();
  const bySchema = new Map(neededMembers(shape, description).map((member) => [member.name, placeholder(member)]));
  const kind = path.length === 2 && path[0] === 'steps' ? stepKind(stepOf(context, path)?.type) : undefined;
  if (!kind) return bySchema;
  const isOptional = (name: string) =>
    (name === 'inputs' && kind.inputs === 'optional') || (name === 'outputs' && kind.outputs === 'optional');
  const byKind = [...sampleOf(kind)].filter(([name]) => !isOptional(name));
  return new Map([...byKind, ...[...bySchema].filter(([name]) => !byKind.some(([known]) => known === name))]);
}

/** The members of a new step of the kind. */
function sampleOf(kind: StepKind): ReadonlyMap<string, NewValue> {
  const text = plainText(kind.snippet);
  const { tree } = parse(text);
  const step = tree?.kind === 'map' ? tree.entries[0]?.value : undefined;
  if (step?.kind !== 'map') return new Map();
  return new Map(
    step.entries.flatMap(({ key, value }) => (value ? [[key.text, newValueOf(value, text) ?? line('')] as const] : [])),
  );
}

function neededMembers(shape: ObjectShape, { section }: Description): readonly Member[] {
  const isNeeded = ({ required, missing, expected, default: value }: Member) =>
    required || missing !== undefined || (expected && value === undefined);
  return shape.members.filter(
    (member) => isNeeded(member) && !member.hidden && !member.bodyOnly && !member.alias && appliesTo(member, section),
  );
}

/** What stands there until the author has chosen: the documented example or default, the first of several values, or nothing. */
function placeholder({ shape, default: initial, example }: Member): NewValue {
  const value = example ?? initial;
  if (value !== undefined) return line(typeof value === 'string' ? keyText(value) : JSON.stringify(value));
  switch (shape.kind) {
    case 'scalar':
      return line(firstValue(shape));
    case 'object':
      return members(neededMembers(shape, { shape }).map((member) => [member.name, placeholder(member)] as const));
    case 'list':
      return line('[]');
    case 'map':
    case 'named':
      return line('{}');
    default:
      return line('');
  }
}

/** Of steps the commonest. */
function firstValue({ enum: values = [] }: ScalarShape): string {
  const names = values.map(({ value }) => String(value));
  return names.find((name) => name === 'job') ?? names[0] ?? '';
}

// ---- what a step waits for

function dependencies(context: Context, { path, kind }: PlaceAt): Refactoring | undefined {
  const { bound } = context.analysis;
  const [collection, entry, member] = path;
  if (collection !== 'steps' || entry === undefined) return undefined;
  const isAtName = path.length === 2 || (path.length === 3 && member === 'name');
  const isAtList = member === 'depend_steps';
  if (!isAtList && !(isAtName && (kind === 'key' || member === 'name'))) return undefined;
  const step = stepOf(context, path);
  if (!step) return undefined;
  const known = bound.dependencies.get(step);
  if (!known) return undefined;
  return known.derived ? writtenOut(context, path, step) : leftToDerive(context, step);
}

function writtenOut(context: Context, path: Path, step: Step): Refactoring | undefined {
  const names = context.analysis.bound.dependencies.get(step)!.on.map((each) => each.step.name.text);
  const edit = addEntry(documentOf(context), path.slice(0, 2), 'depend_steps', line(`[${names.map(keyText).join(', ')}]`));
  if (!edit) return undefined;
  return { title: { en: 'Write out what the step waits for', zh: '写明该步骤的依赖' }, kind: dependenciesKind, edits: [edit] };
}

/** Only where the same would be derived: all that is read, and the conditions that name the step, without what others of them wait for. */
function leftToDerive(context: Context, step: Step): Refactoring | undefined {
  const { bound, parsed } = context.analysis;
  const known = bound.dependencies.get(step)!;
  const naming = [...bound.steps.values()].filter(({ uses }) =>
    uses.some(({ place, target }) => (place.kind === 'then' || place.kind === 'else') && target === step),
  );
  const wide = new Set([...known.reads.map((each) => each.step), ...naming.map((each) => each.step)]);
  const implied = (each: Step) => [...wide].some((other) => other !== each && upstreamOf(bound, other).has(each));
  const derived = [...wide].filter((each) => !implied(each));
  const written = new Set(known.on.map((each) => each.step));
  if (derived.length !== written.size || !derived.every((each) => written.has(each))) return undefined;
  const place = placeAt(parsed.tree, spanOf(step.name.origin).start);
  const map = place && nodeAt(parsed.tree, place.path.slice(0, 2));
  const entry = map?.kind === 'map' ? map.entries.findLast(({ key }) => key.text === 'depend_steps') : undefined;
  const edit = entry && !entry.merged ? removeEntry(documentOf(context), entry.key.origin) : undefined;
  if (!edit) return undefined;
  const title = { en: 'Leave out `depend_steps`: the same is derived', zh: '省略 `depend_steps`：推导结果相同' };
  return { title, kind: dependenciesKind, edits: [edit] };
}

function stepOf({ analysis: { workflow, parsed } }: Context, path: Path): Step | undefined {
  const [, entry] = path;
  const node = typeof entry === 'number' ? nodeAt(parsed.tree, ['steps', entry, 'name']) : undefined;
  const name = node?.kind === 'scalar' ? node.text : String(entry);
  return workflow.steps.find((step) => step.name.text === name);
}
