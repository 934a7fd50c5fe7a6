// Refactorings that give a value a name: a literal becomes a parameter, data written in an input becomes data of the workflow, a parameter
// declared where it is used moves to `parameters`.
import { CodeActionKind } from 'vscode-languageserver';
import { fieldOf, type Value } from '../../core/ir/workflow.ts';
import { plainName } from '../../core/refs/scanner.ts';
import { printReference } from '../../core/refs/reference.ts';
import { describeAt, referencesAt } from '../../core/schema/describe.ts';
import { kindOfValue } from '../../core/steps/data-kinds.ts';
import { nodeAt, type Path, type PlaceAt, placeAt } from '../../core/syntax/locate.ts';
import type { MapNode, SyntaxNode } from '../../core/syntax/tree.ts';
import type { Localized } from '../../core/text/diagnostic.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { TextEdit } from '../../core/text/source.ts';
import { addEntry, line, members, type NewValue } from '../edit/add-entry.ts';
import { newValueOf } from '../edit/from-tree.ts';
import { typeOfLiteral } from '../edit/parameter-type.ts';
import { asWritten, referenceText } from '../edit/yaml-text.ts';
import type { Context } from '../feature.ts';
import { documentOf } from './action-declare.ts';

export interface Refactoring {
  readonly title: Localized;
  readonly kind: CodeActionKind;
  readonly edits: readonly TextEdit[];
  /** Where the new name can be chosen after the edits: the first reference to it. */
  readonly named?: string;
}

export const extractParameterKind = `${CodeActionKind.RefactorExtract}.parameter`;
export const extractDataKind = `${CodeActionKind.RefactorExtract}.data`;
export const moveDeclarationKind = `${CodeActionKind.RefactorExtract}.declaration`;

/** Of the value at the offset, and of the maps around it. */
export function extractions(context: Context, offset: number): readonly Refactoring[] {
  const place = placeAt(context.analysis.parsed.tree, offset);
  if (!place) return [];
  return [parameterFromLiteral(context, place), dataFromInput(context, place), declarationFromUse(context, place)].filter(
    (each) => each !== undefined,
  );
}

// ---- literals

function parameterFromLiteral(context: Context, { kind, node, path, entry }: PlaceAt): Refactoring | undefined {
  const { tree } = context.analysis.parsed;
  if (kind !== 'value' || node.kind !== 'scalar' || !isInside(path) || entry?.merged) return undefined;
  if (node.text === '' || node.text.includes('${{')) return undefined;
  const shape = describeAt(tree, path)?.shape;
  const key = path.at(-1);
  const declared = shape && typeOfLiteral(node, shape, key);
  if (!declared) return undefined;
  const { bound, source } = context.analysis;
  const name = freeName(nameFrom(path), new Set(bound.parameters.keys()));
  const value = members([
    ['type', line(declared.type)],
    ['default', line(asWritten(node, source.text))],
  ]);
  return named(
    context,
    ['parameters'],
    name,
    value,
    node,
    printReference({ root: 'parameters', name: { text: name, origin: node.origin } }),
    {
      title: { en: `Extract to the parameter \`${name}\``, zh: `提取为参数“${name}”` },
      kind: extractParameterKind,
    },
  );
}

/** Parameters are for what steps and data do. */
function isInside(path: Path): boolean {
  return (path[0] === 'steps' || path[0] === 'data') && path.length > 2;
}

// ---- data

function dataFromInput(context: Context, { path }: PlaceAt): Refactoring | undefined {
  const { bound, parsed, source } = context.analysis;
  const [collection, , member] = path;
  if (collection !== 'steps' || member !== 'inputs' || path.length < 4) return undefined;
  const at = path.slice(0, 4);
  const node = nodeAt(parsed.tree, at);
  const step = stepAt(context, path);
  const inputName = typeof path[3] === 'string' ? path[3] : undefined;
  const input = step?.inputs.find(({ name }) => name.text === inputName);
  if (!node || !step || !input?.data || !isWrittenHere(input.data)) return undefined;
  if (node.kind === 'map' && nodeAt(node, ['data'])) return undefined;
  const kind = kindOfValue(input.data, bound);
  const value = kind && newValueOf(node, source.text);
  if (!value || !referencesAt(describeAt(parsed.tree, at)!.shape)?.data) return undefined;
  // The name that a release would give it: the body stays the same.
  const name = freeName(
    `${step.name.text}-${input.name.text}`,
    new Set([...bound.data.keys(), ...bound.dataRequirements.keys()]),
  );
  const declaration = members([
    ['type', line(kind)],
    ['value', value],
  ]);
  return named(
    context,
    ['data'],
    name,
    declaration,
    node,
    printReference({ root: 'data', name: { text: name, origin: node.origin } }),
    {
      title: { en: `Extract to the data \`${name}\``, zh: `提取为数据“${name}”` },
      kind: extractDataKind,
    },
  );
}

/** Not a name of something that is declared elsewhere; a place in a storage is data, too. */
function isWrittenHere(data: Value): boolean {
  return data.kind === 'scalar' || data.kind === 'map' || (data.kind === 'reference' && data.reference.root === 'storages');
}

// ---- declarations in place

function declarationFromUse(context: Context, { path }: PlaceAt): Refactoring | undefined {
  const { parsed, source, bound } = context.analysis;
  for (let length = path.length; length > 2; length--) {
    const at = path.slice(0, length);
    const node = nodeAt(parsed.tree, at);
    const name = node?.kind === 'map' ? nodeAt(node, ['parameter']) : undefined;
    if (node?.kind !== 'map' || name?.kind !== 'scalar') continue;
    const declaration = bound.parameters.get(name.text);
    if (!declaration?.inline || fieldOf(declaration.fields, 'parameter') || !sameStart(declaration.name.origin, name.origin))
      continue;
    const rest = restOf(node, source.text);
    const reference = printReference({ root: 'parameters', name: declaration.name });
    return (
      rest &&
      named(
        context,
        ['parameters'],
        name.text,
        rest,
        node,
        reference,
        {
          title: {
            en: `Move the declaration of \`${name.text}\` to \`parameters\``,
            zh: `将“${name.text}”的声明移到 \`parameters\``,
          },
          kind: moveDeclarationKind,
        },
        false,
      )
    );
  }
  return undefined;
}

function sameStart(a: Parameters<typeof spanOf>[0], b: Parameters<typeof spanOf>[0]): boolean {
  return spanOf(a).start === spanOf(b).start;
}

/** All but the name. */
function restOf(node: MapNode, text: string): NewValue | undefined {
  return newValueOf({ ...node, entries: node.entries.filter(({ key }) => key.text !== 'parameter') }, text);
}

// ---- what they share

/** The declaration where such stand, and the reference in place of the value. */
function named(
  context: Context,
  path: Path,
  name: string,
  value: NewValue,
  node: SyntaxNode,
  reference: string,
  about: Pick<Refactoring, 'title' | 'kind'>,
  isNew = true,
): Refactoring | undefined {
  const document = documentOf(context);
  const declaration = addEntry(document, path, name, value);
  if (!declaration) return undefined;
  const span = spanOf(node.origin);
  const inserted = inFlow(context, span.start) ? referenceText(reference, true) : referenceText(reference, false);
  const replacement = blockValue(document.text, span, node) ?? { span, text: inserted };
  return {
    ...about,
    edits: [declaration, { ...replacement, text: replacement.text === '' ? inserted : replacement.text.replace('\0', inserted) }],
    ...(isNew && { named: name }),
  };
}

/** A map below its key: the reference stands behind the key instead. `\0` stands for it. */
function blockValue(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  node: SyntaxNode,
): TextEdit | undefined {
  if (node.kind === 'scalar' || node.flow) return undefined;
  const before = /:([ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*)$/.exec(text.slice(0, start));
  if (!before) return undefined;
  const last = text.slice(start, end).trimEnd().length;
  return { span: { start: start - before[1]!.length, end: start + last }, text: ' \0' };
}

function inFlow({ analysis: { parsed } }: Context, offset: number): boolean {
  const place = placeAt(parsed.tree, offset);
  if (!place) return false;
  for (let length = 0; length < place.path.length; length++) {
    const node = nodeAt(parsed.tree, place.path.slice(0, length));
    if (node && node.kind !== 'scalar' && node.flow) return true;
  }
  return false;
}

function stepAt({ analysis: { parsed, workflow } }: Context, path: Path) {
  const place = path.slice(0, 2);
  const key = place[1];
  const nameNode = typeof key === 'number' ? nodeAt(parsed.tree, [...place, 'name']) : undefined;
  const name = nameNode?.kind === 'scalar' ? nameNode.text : String(key);
  return workflow.steps.find((step) => step.name.text === name);
}

/** The member's own name, or of one that says nothing that of what is around it. */
function nameFrom(path: Path): string {
  const names = path.filter((key): key is string => typeof key === 'string').slice(1);
  const telling = names.findLast((name) => !['value', 'default', 'data', 'obs_path', 'parameters'].includes(name)) ?? 'value';
  return telling.replace(/[^\p{L}\p{N}_-]+/gu, '_');
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const name = plainName.test(wanted) ? wanted : wanted.replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_') || 'value';
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  return free;
}
