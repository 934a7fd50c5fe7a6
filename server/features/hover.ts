// What stands under the pointer: a name of the workflow, a condition as the service gets it, a member or value of the language;
// and why a finding there is one.
import type { Hover, HoverParams } from 'vscode-languageserver';
import type { Condition, Step } from '../../core/ir/workflow.ts';
import { printCondition } from '../../core/refs/expression.ts';
import { symbolAt } from '../../core/refs/symbols.ts';
import { rules } from '../../core/rules/index.ts';
import { type Description, describeAt } from '../../core/schema/describe.ts';
import { type PlaceAt, placeAmong, placeAt } from '../../core/syntax/locate.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import { type Context, rangeOf, say } from '../feature.ts';
import { markup } from '../markup.ts';
import { enumOf, memberText, valueText } from '../member-text.ts';
import { symbolText } from '../symbol-text.ts';

export function hover(context: Context, { position }: HoverParams): Hover | null {
  const { analysis } = context;
  const offset = analysis.source.offsetAt(position);
  const place = (analysis.isProgram ? placeAmong : placeAt)(analysis.parsed.tree, offset);
  const found = nameText(context, offset) ?? (place && (conditionText(context, place) ?? placeText(context, place)));
  const why = ruleText(context, offset);
  if (!found && why === undefined) return null;
  return {
    contents: markup(context, [found?.text, why].filter((text) => text !== undefined).join('\n\n---\n\n')),
    ...(found && { range: rangeOf(context, found.origin) }),
  };
}

interface Found {
  readonly text: string;
  readonly origin: Origin;
}

function nameText(context: Context, offset: number): Found | undefined {
  const at = symbolAt(context.analysis.bound, offset);
  return at?.symbol && { text: symbolText(context, at.symbol), origin: at.origin };
}

/** The compiled list, for a condition that the service knows in another form than the one written. */
function conditionText(context: Context, { kind, node, path }: PlaceAt): Found | undefined {
  if (kind !== 'value' || node.kind !== 'scalar' || context.analysis.form !== 'file') return undefined;
  if (describeAt(context.analysis.parsed.tree, path)?.shape.kind !== 'conditions') return undefined;
  const step = context.analysis.bound.steps.get(String(path[1]))?.step;
  const clauses = step ? clausesWithin(step, node.origin) : [];
  const lines = clauses.map((clause) => printCondition([clause]) ?? '…');
  if (lines.length === 0) return undefined;
  const head = say(context, {
    en:
      clauses.length === 1 ? 'The service gets one condition:' : `The service gets ${clauses.length} conditions; all must hold:`,
    zh: clauses.length === 1 ? '服务收到一个条件：' : `服务收到 ${clauses.length} 个条件，须全部成立：`,
  });
  return { text: `${head}\n\n${lines.map((line) => `- \`${line}\``).join('\n')}`, origin: node.origin };
}

function clausesWithin(step: Step, origin: Origin): readonly Condition[] {
  const { start, end } = spanOf(origin);
  return [...step.conditions, ...step.skipConditions].filter((condition) => {
    const span = spanOf(condition.origin);
    return start <= span.start && span.end <= end;
  });
}

function placeText(context: Context, place: PlaceAt): Found | undefined {
  const { analysis, language } = context;
  if (analysis.form !== 'file') return undefined;
  const description = describeAt(analysis.parsed.tree, place.path);
  if (!description) return undefined;
  const { origin } = place.node;
  if (place.kind === 'key') return description.member && { text: memberText(description.member, language), origin };
  return enumText(context, place, description);
}

function enumText({ language }: Context, { node, path }: PlaceAt, { shape, member }: Description): Found | undefined {
  if (node.kind !== 'scalar') return undefined;
  const value = enumOf(shape).find((each) => String(each.value) === node.text);
  if (!value) return undefined;
  const isStep = path[0] === 'steps' && path.length === 3 && path[2] === 'type';
  const text = valueText(value, isStep, language) || member?.text[language];
  return text ? { text: `\`${value.value}\`\n\n${text}`, origin: node.origin } : undefined;
}

/** What goes wrong at run time when a finding is left: the message itself is shown by the client. */
function ruleText(context: Context, offset: number): string | undefined {
  const codes = new Set(
    context.analysis.diagnostics
      .filter(({ origin }) => {
        const { start, end } = spanOf(origin);
        return start <= offset && offset <= end;
      })
      .map(({ code }) => code),
  );
  const texts = rules.filter(({ code }) => codes.has(code)).map(({ code, docs }) => `**${code}**: ${say(context, docs)}`);
  return texts.length > 0 ? texts.join('\n\n') : undefined;
}
