// Quick fixes of names that lead nowhere or are not used: a declaration is written for them where such declarations stand, or is taken out.
import type { Declaration, Reference } from '../../core/ir/workflow.ts';
import type { Use } from '../../core/refs/bind.ts';
import { allUses } from '../../core/refs/symbols.ts';
import { type Description, describeAt, referencesAt } from '../../core/schema/describe.ts';
import { stepKind } from '../../core/steps/step-kinds.ts';
import { nodeAt, placeAt, type Path } from '../../core/syntax/locate.ts';
import type { Fix } from '../../core/text/diagnostic.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { TextEdit } from '../../core/text/source.ts';
import type { Context } from '../feature.ts';
import { addEntry, type Document, line, members, type NewValue } from '../edit/add-entry.ts';
import { typeInConditions, typeOfPlace } from '../edit/parameter-type.ts';
import { removeEntry } from '../edit/remove-entry.ts';

/** Beside those that the rule itself knows. */
export function declareFixes(context: Context, code: string, origin: Origin): readonly Fix[] {
  if (code === 'declared-unused') return removal(context, origin);
  if (!/^ref-(?:parameter|data|storage|output)-unknown$/.test(code)) return [];
  const use = [...allUses(context.analysis.bound)].find(({ name, problem }) => problem !== undefined && name.origin === origin);
  const reference = use?.value?.reference;
  if (!use || !reference) return [];
  const document = documentOf(context);
  switch (reference.root) {
    case 'parameters':
      return fix(declared(document, 'parameters', use, parameterValue(context, use)), 'parameter', '参数', use);
    case 'data':
      return fix(declared(document, reference.section ?? 'data', use, dataValue(context, use)), 'data', '数据', use);
    case 'storages':
      return fix(declared(document, 'storages', use, storageValue(use)), 'storage', '存储', use);
    case 'steps':
      return use.kind === 'output' ? outputFix(context, use, reference) : [];
  }
}

export function documentOf({ analysis: { source, parsed } }: Context): Document {
  return { text: source.text, tree: parsed.tree };
}

function fix(edit: TextEdit | undefined, en: string, zh: string, { name }: Use): readonly Fix[] {
  if (!edit) return [];
  return [{ title: { en: `Declare the ${en} \`${name.text}\``, zh: `声明${zh}“${name.text}”` }, edits: [edit] }];
}

function declared(document: Document, section: string, { name }: Use, value: NewValue): TextEdit | undefined {
  return addEntry(document, [section], name.text, value);
}

function parameterValue(context: Context, use: Use): NewValue {
  const { place, value } = use;
  const inCondition =
    'step' in place && typeInConditions([...place.step.conditions, ...place.step.skipConditions], (each) => each === value);
  const at = placeOf(context, use);
  const { type, format } = inCondition || (at && typeOfPlace(at.description.shape, at.path.at(-1))) || { type: 'str' };
  return members([['type', line(type)], ...(format ? [['format', line(format)] as const] : [])]);
}

/** The first kind that the place takes, as the step's kind lists them. */
function dataValue(context: Context, use: Use): NewValue {
  const { place } = use;
  const at = placeOf(context, use);
  const fits = (at && referencesAt(at.description.shape)?.data) ?? [];
  const takes = place.kind === 'input' ? (stepKind(place.step.type)?.takes ?? []) : [];
  const kind = takes.find((each) => fits.length === 0 || fits.includes(each)) ?? fits[0] ?? 'obs';
  return members([['type', line(kind)]]);
}

function storageValue({ place }: Use): NewValue {
  return members([['kind', line(place.kind === 'output' ? 'output' : 'input')]]);
}

interface PlaceOfUse {
  readonly path: Path;
  readonly description: Description;
}

function placeOf({ analysis: { parsed } }: Context, { value }: Use): PlaceOfUse | undefined {
  const place = value && placeAt(parsed.tree, spanOf(value.origin).start);
  const description = place && describeAt(parsed.tree, place.path);
  return place && description && { path: place.path, description };
}

/** An output that is read and not there is added to its step: as a name where the outputs are names only. */
function outputFix(context: Context, { name }: Use, reference: Reference & { readonly root: 'steps' }): readonly Fix[] {
  const { bound, parsed } = context.analysis;
  const step = bound.steps.get(reference.step.text)?.step;
  const place = step && placeAt(parsed.tree, spanOf(step.name.origin).start);
  if (!step || place?.path.length !== 2) return [];
  const path = [...place.path, 'outputs'];
  const node = nodeAt(parsed.tree, path);
  const sample = reference.key ? 'metrics' : undefined;
  const edit =
    node?.kind === 'seq'
      ? nameInList(context, path, name.text)
      : addEntry(
          documentOf(context),
          path,
          name.text,
          sample === 'metrics' && step.type === 'job' ? members([['metric_files', line('[]')]]) : line('{}'),
        );
  if (!edit) return [];
  const title = {
    en: `Add the output \`${name.text}\` to the step \`${step.name.text}\``,
    zh: `为步骤“${step.name.text}”添加输出“${name.text}”`,
  };
  return [{ title, edits: [edit] }];
}

function nameInList(context: Context, path: Path, name: string): TextEdit | undefined {
  const { parsed, source } = context.analysis;
  const list = nodeAt(parsed.tree, path);
  const last = list?.kind === 'seq' ? list.items.at(-1) : undefined;
  if (!last || list?.kind !== 'seq') return undefined;
  const at = spanOf(last.origin).end;
  const lineStart = source.text.lastIndexOf('\n', spanOf(last.origin).start - 1) + 1;
  const dash = source.text.slice(lineStart, spanOf(last.origin).start);
  return { span: { start: at, end: at }, text: list.flow ? `, ${name}` : `\n${dash}${name}` };
}

const names = {
  parameter: { en: 'parameter', zh: '参数' },
  data: { en: 'data', zh: '数据' },
  storage: { en: 'storage', zh: '存储' },
} as const;

function removal(context: Context, origin: Origin): readonly Fix[] {
  const { workflow } = context.analysis;
  const all: readonly Declaration[] = [...workflow.parameters, ...workflow.data, ...workflow.storages];
  const declaration = all.find(({ name, inline }) => name.origin === origin && !inline);
  const edit = declaration && removeEntry(documentOf(context), declaration.name.origin);
  if (!declaration || !edit) return [];
  const { en, zh } = names[declaration.kind];
  const name = declaration.name.text;
  return [{ title: { en: `Remove the ${en} \`${name}\``, zh: `删除${zh}“${name}”` }, edits: [edit] }];
}
