// What is not written but holds: steps that are waited for because they are read, data that will be asked for, documented defaults.
import { type InlayHint, InlayHintKind, type InlayHintParams } from 'vscode-languageserver';
import { type Declaration, fieldOf, type Step, textAt } from '../../core/ir/workflow.ts';
import type { Member, ObjectShape } from '../../core/schema/descriptor.ts';
import { describeAt } from '../../core/schema/describe.ts';
import type { Path } from '../../core/syntax/locate.ts';
import type { SyntaxNode } from '../../core/syntax/tree.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import type { Span } from '../../core/text/source.ts';
import { type Context, say } from '../feature.ts';

export function inlayHints(context: Context, { range }: InlayHintParams): InlayHint[] {
  const { analysis } = context;
  if (analysis.form !== 'file') return [];
  const { source, workflow } = analysis;
  const seen: Span = { start: source.offsetAt(range.start), end: source.offsetAt(range.end) };
  const overlaps = ({ origin }: { readonly origin: Origin }) => {
    const { start, end } = spanOf(origin);
    return start <= seen.end && seen.start <= end;
  };
  return [
    ...workflow.steps.filter(overlaps).flatMap((step) => [...derivedHint(context, step), ...defaultHints(context, step)]),
    ...workflow.data.filter(overlaps).flatMap((data) => askedHint(context, data)),
  ].filter(({ position }) => {
    const offset = source.offsetAt(position);
    return seen.start <= offset && offset <= seen.end;
  });
}

function derivedHint(context: Context, step: Step): readonly InlayHint[] {
  const dependencies = context.analysis.bound.dependencies.get(step);
  if (!dependencies?.derived || dependencies.on.length === 0) return [];
  const names = dependencies.on.map(({ step: earlier }) => earlier.name.text);
  const shown = names.length > 4 ? `${names.slice(0, 4).join(', ')}, …` : names.join(', ');
  return [
    atLineEnd(context, step.name.origin, `depend_steps: [${shown}]`, {
      en: 'Derived from what the step reads. Written out, the list is taken as it is.',
      zh: '由该步骤读取的内容推导。若写明，则以所写为准。',
    }),
  ];
}

function askedHint(context: Context, data: Declaration): readonly InlayHint[] {
  if (fieldOf(data.fields, 'value') || fieldOf(data.fields, 'default')) return [];
  const type = textAt(data.fields, 'type');
  const delayed = textAt(data.fields, 'delay');
  const atStep = delayed === undefined ? type === 'model_list' : delayed === 'true';
  const label = atStep ? { en: 'asked at the step', zh: '运行到步骤时输入' } : { en: 'asked before the run', zh: '运行前输入' };
  return [atLineEnd(context, data.name.origin, say(context, label))];
}

/** Members that the documents call required, and whose default is sent where they are left out. */
function defaultHints(context: Context, step: Step): readonly InlayHint[] {
  const { parsed } = context.analysis;
  const root = parsed.tree?.kind === 'map' ? parsed.tree.entries.findLast(({ key }) => key.text === 'steps')?.value : undefined;
  const entry = root?.kind === 'map' ? root.entries.find(({ key }) => key.origin === step.name.origin) : undefined;
  if (entry?.value?.kind !== 'map') return [];
  const hints: InlayHint[] = [];
  const visit = (node: SyntaxNode | undefined, path: Path, key: Origin): void => {
    if (node?.kind !== 'map' || node.flow) return;
    const shape = describeAt(parsed.tree, path)?.shape;
    if (shape?.kind === 'object' && path.length > 2) {
      const missing = defaultsOf(shape).filter(({ name }) => !node.entries.some((each) => each.key.text === name));
      const text = missing.map(
        ({ name, default: value }) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      );
      if (missing.length > 0) {
        hints.push(atLineEnd(context, key, text.join(', '), { en: 'Default of what is left out.', zh: '未填写时的默认值。' }));
      }
    }
    for (const each of node.entries) if (!each.merged) visit(each.value, [...path, each.key.text], each.key.origin);
  };
  visit(entry.value, ['steps', step.name.text], entry.key.origin);
  return hints;
}

function defaultsOf({ members }: ObjectShape): readonly Member[] {
  return members.filter((member) => member.expected && member.default !== undefined && !member.hidden && !member.bodyOnly);
}

function atLineEnd(context: Context, origin: Origin, label: string, tooltip?: { en: string; zh: string }): InlayHint {
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
