// What is not written but holds: steps that are waited for because they are read, values that will be asked for, documented defaults, what a
// storage's path and a parameter come to.
import { type InlayHint, InlayHintKind, type InlayHintLabelPart, type InlayHintParams } from 'vscode-languageserver';
import { type Declaration, fieldOf, type Step, textAt, valueAt } from '../../core/ir/workflow.ts';
import { joinStorage } from '../../core/plan/scope.ts';
import { isAskedFor, isDelayed, isRequired } from '../../core/plan/values.ts';
import type { Use } from '../../core/refs/bind.ts';
import type { Member, ObjectShape } from '../../core/schema/descriptor.ts';
import { describeAt } from '../../core/schema/describe.ts';
import type { Path } from '../../core/syntax/locate.ts';
import type { SyntaxNode } from '../../core/syntax/tree.ts';
import type { Localized } from '../../core/text/diagnostic.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { Span } from '../../core/text/source.ts';
import { type Context, rangeOf, say } from '../feature.ts';
import { partsOf, rememberedByPart } from '../parts.ts';
import { valueCode } from '../symbol-text.ts';

export function inlayHints(context: Context, { range }: InlayHintParams): InlayHint[] {
  const { analysis } = context;
  if (analysis.form !== 'file') return [];
  const { source, workflow, bound } = analysis;
  const seen: Span = { start: source.offsetAt(range.start), end: source.offsetAt(range.end) };
  const inSight = (origin: Origin) => {
    const { start, end } = spanOf(origin);
    return start <= seen.end && seen.start <= end;
  };
  const declared = [...workflow.storages, ...workflow.parameters, ...workflow.data].filter(
    ({ origin, inline }) => !inline && inSight(origin),
  );
  const bindings = bound.bindings.filter(({ step }) => inSight(step.origin));
  const uses = [...bindings.flatMap((binding) => binding.uses), ...bound.uses].filter(
    ({ value }) => value && inSight(value.origin),
  );
  return [
    ...bindings.flatMap(({ step }) => derivedHint(context, step)),
    ...defaultHints(context, inSight),
    ...declared.flatMap((each) => askedHint(context, each)),
    ...uses.flatMap((use) => valueHint(context, use)),
  ].filter(({ position }) => {
    const offset = source.offsetAt(position);
    return seen.start <= offset && offset <= seen.end;
  });
}

// ---- what a step waits for

function derivedHint(context: Context, step: Step): readonly InlayHint[] {
  const dependencies = context.analysis.bound.dependencies.get(step);
  if (!dependencies?.derived || dependencies.on.length === 0) return [];
  const label: InlayHintLabelPart[] = [{ value: 'depend_steps: [' }];
  for (const [index, { step: earlier }] of dependencies.on.slice(0, most).entries()) {
    if (index > 0) label.push({ value: ', ' });
    label.push({ value: earlier.name.text, location: { uri: context.uri, range: rangeOf(context, earlier.name.origin) } });
  }
  label.push({ value: dependencies.on.length > most ? ', …]' : ']' });
  return [
    atLineEnd(context, step.name.origin, label, {
      en: 'Derived from what the step reads. Written out, the list is taken as it is.',
      zh: '由该步骤读取的内容推导。若写明，则以所写为准。',
    }),
  ];
}

const most = 4;

// ---- when a value is asked for

function askedHint(context: Context, declaration: Declaration): readonly InlayHint[] {
  const { kind, fields, name } = declaration;
  if (fieldOf(fields, 'default') || fieldOf(fields, 'value') || (kind === 'data' && !isAskedFor(declaration))) return [];
  if (kind === 'storage' && fieldOf(fields, 'path')) return [];
  const label =
    kind !== 'storage' && isDelayed(declaration)
      ? { en: 'asked at the step', zh: '运行到步骤时输入' }
      : { en: 'asked before the run', zh: '运行前输入' };
  const optional = { en: 'may be left out', zh: '可不填写' };
  return [atLineEnd(context, name.origin, say(context, isRequired(declaration) ? label : optional))];
}

// ---- defaults of members

/** Members that the documents call required, and whose default is sent where they are left out. */
function* defaultHints(context: Context, inSight: (origin: Origin) => boolean): Generator<InlayHint> {
  const tooltip = { en: 'Default of what is left out.', zh: '未填写时的默认值。' };
  for (const part of partsOf(context.analysis)) {
    const origin = part.entry?.origin ?? part.value?.origin;
    if (part.path[0] !== 'steps' || !origin || !inSight(origin)) continue;
    for (const { key, text } of leftOut(part)) yield atLineEnd(context, key, text, tooltip);
  }
}

interface LeftOut {
  /** Of the map. */
  readonly key: Origin;
  readonly text: string;
}

const leftOut = rememberedByPart(({ path: start, value: whole, entry, tree }) => {
  const found: LeftOut[] = [];
  const visit = (node: SyntaxNode | undefined, path: Path, key: Origin): void => {
    if (node?.kind !== 'map' || node.flow) return;
    const shape = path.length > 2 ? describeAt(tree, path)?.shape : undefined;
    if (shape?.kind === 'object') {
      const missing = defaultsOf(shape).filter(({ name }) => !node.entries.some((each) => each.key.text === name));
      const texts = missing.map(
        ({ name, default: value }) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      );
      if (missing.length > 0) found.push({ key, text: texts.join(', ') });
    }
    for (const each of node.entries) if (!each.merged) visit(each.value, [...path, each.key.text], each.key.origin);
  };
  const at = entry?.key.origin ?? whole?.origin;
  if (at) visit(whole, start, at);
  return found;
});

function defaultsOf({ members }: ObjectShape): readonly Member[] {
  return members.filter((member) => member.expected && member.default !== undefined && !member.hidden && !member.bodyOnly);
}

// ---- what a reference comes to

const longest = 60;

function valueHint(context: Context, { kind, target, name, value, place }: Use): readonly InlayHint[] {
  if (!value || !target || target.kind === 'step' || target.kind === 'output') return [];
  const { fields } = target;
  const { reference } = value;
  let text: string | undefined;
  if (kind === 'storage' && reference.root === 'storages') {
    const root = textAt(fields, 'default') ?? textAt(fields, 'path');
    const run = reference.withExecutionId ?? flag(target, 'with_execution_id');
    const id = say(context, { en: '‹run›', zh: '‹运行 ID›' });
    if (root !== undefined && !root.includes('${{')) text = joinStorage(root, run ? id : undefined, reference.path);
  } else if (kind === 'parameter') {
    const initial = fieldOf(fields, 'value') ?? fieldOf(fields, 'default');
    if (initial?.kind === 'scalar' || initial?.kind === 'list') text = valueCode(initial).slice(1, -1);
  }
  if (text === undefined || text.length > longest) return [];
  // In a condition there are several in one text: each has its value behind its name.
  const inCondition = place.kind === 'condition' || place.kind === 'skip';
  const at = inCondition ? spanOf(name.origin).end : spanOf(value.origin).end;
  if (inCondition && spanOf(name.origin).end === spanOf(value.origin).end && name.origin.from === value.origin.from) return [];
  return [
    {
      position: context.analysis.source.positionAt(at),
      label: `= ${text}`,
      kind: InlayHintKind.Type,
      paddingLeft: true,
      tooltip: say(
        context,
        kind === 'storage'
          ? { en: 'With the default of the storage.', zh: '按存储的默认值。' }
          : { en: 'Default of the parameter.', zh: '参数的默认值。' },
      ),
    },
  ];
}

/** Written, else that of its kind (guide 5.3). */
function flag({ fields }: Declaration, name: string): boolean {
  const value = valueAt(fields, name);
  return value?.kind === 'scalar' ? value.value === true : textAt(fields, 'kind') === 'output';
}

function atLineEnd(context: Context, origin: Origin, label: InlayHint['label'], tooltip?: Localized): InlayHint {
  const { source } = context.analysis;
  const { line } = source.positionAt(spanOf(origin).start);
  const start = source.lineStart(line);
  const text = source.text.slice(start, source.lineStart(line + 1));
  return {
    position: source.positionAt(start + text.trimEnd().length),
    label,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    ...(tooltip && { tooltip: say(context, tooltip) }),
  };
}
