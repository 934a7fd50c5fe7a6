// How a name of the workflow is described to a person: what it is, its settings, what it waits for. For hover and completion.
import type { Declaration, Output, Step, Value } from '../core/ir/workflow.ts';
import { fieldOf, textAt } from '../core/ir/workflow.ts';
import { printReference } from '../core/refs/reference.ts';
import { type WorkflowSymbol, usesOf } from '../core/refs/symbols.ts';
import { kindOfDeclaration, kindOfInput, kindOfOutput } from '../core/steps/data-kinds.ts';
import { stepKind } from '../core/steps/step-kinds.ts';
import type { Localized } from '../core/text/diagnostic.ts';
import { type Context, say } from './feature.ts';
import { signature } from './member-text.ts';

const kinds = {
  step: { en: 'step', zh: '步骤' },
  input: { en: 'input', zh: '输入' },
  output: { en: 'output', zh: '输出' },
  parameter: { en: 'parameter', zh: '参数' },
  storage: { en: 'storage', zh: '存储' },
  data: { en: 'data', zh: '数据' },
  scene: { en: 'scene', zh: '场景' },
  'sub-graph': { en: 'sub-graph', zh: '子图' },
} as const satisfies Record<WorkflowSymbol['kind'], Localized>;

/** Markdown: the name with its type and value as on one line, and what there is to say of it. */
export function symbolText(context: Context, symbol: WorkflowSymbol): string {
  const { node } = symbol;
  const named = `${say(context, kinds[symbol.kind])} ${symbol.name.text}`;
  const uses = usesOf(context.analysis.bound, symbol).length;
  if ('kind' in node) {
    switch (node.kind) {
      case 'step':
        return paragraphs([
          signature(`${named}${slotsText(context, node)}`),
          stepLabel(context, node),
          ...stepLines(context, node),
          usesLine(context, uses),
        ]);
      case 'output':
        return paragraphs([
          signature(named + typed(outputKind(context, symbol.step, node))),
          ownerLine(context, symbol),
          settings(node.fields),
        ]);
      case 'input':
        return paragraphs([
          signature(named + typed(kindOfInput(node, context.analysis.bound))),
          ownerLine(context, symbol),
          node.data && `${say(context, { en: 'From', zh: '来自' })}: ${valueCode(node.data)}`,
        ]);
      default:
        return paragraphs([
          signature(named + typed(declaredType(node)) + initial(node)),
          ...declarationLines(context, node),
          usesLine(context, uses),
        ]);
    }
  }
  return paragraphs([signature(named), node.steps.map(({ text }) => `\`${text}\``).join(' → ')]);
}

/** `(data_url: dataset) → train_url: obs, metrics: metrics`; of a condition its branches. */
function slotsText(context: Context, step: Step): string {
  const { bound } = context.analysis;
  const inputs = step.inputs.map((input) => input.name.text + typed(kindOfInput(input, bound)));
  const outputs = step.outputs.map((output) => output.name.text + typed(outputKind(context, step, output)));
  if (step.type === 'condition') {
    const [then, other] = [step.ifThenSteps, step.elseThenSteps].map((names) => names.map(({ text }) => text).join(', ') || '–');
    return ` → ${then} | ${other}`;
  }
  return `(${inputs.join(', ')})${outputs.length > 0 ? ` → ${outputs.join(', ')}` : ''}`;
}

function initial({ fields }: Declaration): string {
  const value = fieldOf(fields, 'value') ?? fieldOf(fields, 'default');
  return value ? ` = ${shortened(valueLine(value))}` : '';
}

function stepLabel(context: Context, step: Step): string | undefined {
  const kind = stepKind(step.type);
  return kind ? `${step.type} (${say(context, kind.label)})` : step.typeName?.text;
}

function stepLines(context: Context, step: Step): readonly (string | undefined)[] {
  const dependencies = context.analysis.bound.dependencies.get(step);
  const names = dependencies?.on.map((each) => `\`${each.step.name.text}\``).join(', ');
  const derived = dependencies?.derived
    ? say(context, { en: ' (derived from what it reads)', zh: '（由所读取的内容推导）' })
    : '';
  return [
    step.title === step.name.text ? undefined : step.title,
    textAt(step.fields, 'description'),
    names ? `${say(context, { en: 'Waits for', zh: '依赖' })}: ${names}${derived}` : undefined,
  ];
}

function declarationLines(context: Context, declaration: Declaration): readonly (string | undefined)[] {
  const { fields } = declaration;
  const value = fieldOf(fields, 'value');
  const initial = fieldOf(fields, 'default');
  const choices = fieldOf(fields, 'enum');
  return [
    textAt(fields, 'description') ?? textAt(fields, 'title'),
    value && `${say(context, { en: 'Value', zh: '值' })}: ${valueCode(value)}`,
    initial && `${say(context, { en: 'Default', zh: '默认值' })}: ${valueCode(initial)}`,
    choices && `${say(context, { en: 'One of', zh: '可选值' })}: ${valueCode(choices)}`,
    value || initial ? undefined : askedText(context, declaration),
  ];
}

function askedText(context: Context, { fields }: Declaration): string {
  return textAt(fields, 'delay') === 'true'
    ? say(context, { en: 'Asked for when a step that uses it is reached.', zh: '运行到使用它的步骤时输入。' })
    : say(context, { en: 'Asked for before a run.', zh: '运行前输入。' });
}

function declaredType(declaration: Declaration): string | undefined {
  if (declaration.kind === 'storage') return textAt(declaration.fields, 'kind');
  if (declaration.kind === 'data') return kindOfDeclaration(declaration) ?? textAt(declaration.fields, 'type');
  const format = textAt(declaration.fields, 'format');
  return [textAt(declaration.fields, 'type'), format].filter(Boolean).join(' · ') || undefined;
}

function outputKind({ analysis: { bound } }: Context, step: Step | undefined, output: Output): string | undefined {
  return (step && kindOfOutput({ root: 'steps', step: step.name, output: output.name }, bound)) ?? output.type;
}

function ownerLine(context: Context, { step }: WorkflowSymbol): string | undefined {
  return step && `${say(context, { en: 'of the step', zh: '所属步骤' })} \`${step.name.text}\``;
}

function settings(fields: Value): string | undefined {
  return fields.kind === 'map' && fields.entries.length > 0
    ? fields.entries.map(({ name, value }) => `- \`${name.text}\`: ${valueCode(value)}`).join('\n')
    : undefined;
}

function usesLine(context: Context, count: number): string {
  if (count === 0) return say(context, { en: 'Not used.', zh: '未被使用。' });
  return say(context, { en: `Used ${count === 1 ? 'once' : `${count} times`}.`, zh: `被使用 ${count} 次。` });
}

/** A value on one line, shortened. */
export function valueCode(value: Value): string {
  return `\`${shortened(valueLine(value)).replaceAll('`', "'")}\``;
}

function shortened(text: string): string {
  return (text.length > 120 ? `${text.slice(0, 119)}…` : text).replaceAll('\n', ' ');
}

function valueLine(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return value.text;
    case 'reference':
      return printReference(value.reference);
    case 'list':
      return `[${value.items.map(valueLine).join(', ')}]`;
    case 'select':
      return `select [${value.items.map(valueLine).join(', ')}]`;
    case 'map':
      return `{ ${value.entries.map(({ name, value: inner }) => `${name.text}: ${valueLine(inner)}`).join(', ')} }`;
  }
}

function typed(text: string | undefined): string {
  return text ? `: ${text}` : '';
}

function paragraphs(lines: readonly (string | undefined)[]): string {
  return lines.filter((line) => line !== undefined && line !== '').join('\n\n');
}
