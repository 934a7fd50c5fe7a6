// The grammar of conditions: `steps.a.outputs.m.accuracy > 0.9 && (parameters.x == 'y' || !parameters.z)`.
// The service knows a list of ANDed trees whose inner nodes are `or`: `&&` and `!` are compiled away, `||` keeps its shape and
// parentheses. Says what is written; whether operands exist and fit is asked by bind and the rules.
import type { Condition, ListValue, Name, ReferenceValue, ScalarValue, Value } from '../ir/workflow.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Origin } from '../text/origin.ts';
import { printTarget, scanReference } from './reference.ts';
import { quote, Scanner } from './scanner.ts';

/** More clauses than this are an error: the service's list has no `and`, and distribution grows without end. */
export const maxClauses = 16;

/** Operators, parentheses and lists of one expression. */
const maxParts = 200;

export interface ParsedConditions {
  /** The clauses, ANDed; empty where the text is broken. */
  readonly conditions: readonly Condition[];
  readonly finding: Diagnostic | undefined;
}

/** Reads a scalar in a condition position; the braces are optional there. Never throws. */
export function parseCondition(text: string, origin: Origin): ParsedConditions {
  const scanner = new Scanner(text, origin);
  scanner.skipSpace();
  const braced = scanner.takeText('${{');
  const expression = scanOr(scanner);
  const clauses = expression && finish(scanner, braced) && compile(scanner, expression, false);
  return { conditions: clauses ?? [], finding: scanner.finding };
}

/** The text that reads back as these clauses; undefined where an operand or operator is missing or has no text form. */
export function printCondition(conditions: readonly Condition[]): string | undefined {
  const parts = conditions.map((condition) => {
    const text = printClause(condition);
    return text !== undefined && condition.operator === 'or' && conditions.length > 1 ? `(${text})` : text;
  });
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join(' && ');
}

// ---- the tree as it is written

type Expression =
  | {
      readonly kind: 'and' | 'or';
      readonly from: number;
      readonly to: number;
      readonly operator: Origin;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'not'; readonly from: number; readonly to: number; readonly inner: Expression }
  | {
      readonly kind: 'compare';
      readonly from: number;
      readonly to: number;
      readonly operator: Name;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'flag'; readonly from: number; readonly to: number; readonly operand: ReferenceValue };

type Operand = Value | Condition;

const OPERATOR = /in(?![\p{L}\p{M}\p{N}_-])|[=!<>~^%*+/]+/uy;
const NUMBER = /-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\p{L}\p{N}_.])/uy;
const BOOLEAN = /(?:true|false)(?![\p{L}\p{M}\p{N}_.[-])/uy;

function scanOr(scanner: Scanner): Expression | undefined {
  return scanChain(scanner, 'or', '||', (inner) => scanChain(inner, 'and', '&&', scanNot));
}

function scanChain(
  scanner: Scanner,
  kind: 'and' | 'or',
  sign: string,
  next: (scanner: Scanner) => Expression | undefined,
): Expression | undefined {
  let left = next(scanner);
  for (;;) {
    if (!left) return undefined;
    scanner.skipSpace();
    const at = scanner.at;
    if (!scanner.takeText(sign)) return left;
    const operator = scanner.origin(at);
    if (isTooLong(scanner)) return undefined;
    const right = next(scanner);
    if (!right) return undefined;
    left = { kind, from: left.from, to: right.to, operator, left, right };
  }
}

function scanNot(scanner: Scanner): Expression | undefined {
  scanner.skipSpace();
  const from = scanner.at;
  if (scanner.take(/!(?!=)/y)) {
    if (isTooLong(scanner)) return undefined;
    const inner = scanNot(scanner);
    return inner && { kind: 'not', from, to: scanner.at, inner };
  }
  return scanComparison(scanner);
}

function scanComparison(scanner: Scanner): Expression | undefined {
  const from = scanner.at;
  const left = scanner.text[scanner.at] === '(' ? scanGroup(scanner) : scanOperand(scanner);
  if (!left) return undefined;
  const end = scanner.at;
  scanner.skipSpace();
  const at = scanner.at;
  const sign = scanner.take(OPERATOR);
  if (!sign) {
    if ('from' in left) return left;
    scanner.at = end;
    if (left.kind === 'reference') return { kind: 'flag', from, to: end, operand: left };
    return expectedComparison(scanner, from, end);
  }
  const operator: Name = { text: sign[0], origin: scanner.origin(at) };
  const leftOperand = 'from' in left ? grouped(scanner, left) : left;
  if (!leftOperand) return undefined;
  scanner.skipSpace();
  const right = scanRight(scanner);
  return right && { kind: 'compare', from, to: scanner.at, operator, left: leftOperand, right };
}

function scanRight(scanner: Scanner): Operand | undefined {
  if (scanner.text[scanner.at] !== '(') return scanOperand(scanner);
  const group = scanGroup(scanner);
  return group && grouped(scanner, group);
}

/** `( or )`: a sub-expression, or the nested comparison that is itself an operand. */
function scanGroup(scanner: Scanner): Expression | undefined {
  const from = scanner.at;
  if (isTooLong(scanner)) return undefined;
  scanner.takeText('(');
  const inner = scanOr(scanner);
  if (!inner) return undefined;
  scanner.skipSpace();
  if (scanner.takeText(')')) return { ...inner, from, to: scanner.at };
  const { en, zh } = scanner.here;
  return scanner.fail('expression-syntax', { en: `\`)\` is expected, not ${en}.`, zh: `此处应为 \`)\`，而不是${zh}。` });
}

function grouped(scanner: Scanner, group: Expression): Condition | undefined {
  if (group.kind === 'compare') return compareCondition(scanner, group);
  if (group.kind === 'or') {
    const clauses = compile(scanner, group, false);
    if (!clauses) return undefined;
    if (clauses.length === 1) return clauses[0];
  }
  return scanner.fail(
    'expression-syntax',
    {
      en: 'Only one comparison can be an operand of another; the service has no `&&` or `!` inside an operand.',
      zh: '只有单个比较可以作为另一个比较的操作数；服务的操作数中没有 `&&` 或 `!`。',
    },
    group.from,
    group.to,
  );
}

function scanOperand(scanner: Scanner): Value | undefined {
  const from = scanner.at;
  const character = scanner.text[from];
  if (character === "'" || character === '"') {
    const text = scanner.quoted();
    if (text) return scalar(scanner.origin(from), text.text, text.text, true);
    return scanner.fail(
      'expression-syntax',
      { en: 'The text is not closed: its end quote is missing.', zh: '文本未闭合：缺少结尾引号。' },
      from,
      scanner.text.length,
    );
  }
  if (character === '[') return scanList(scanner);
  const number = scanner.take(NUMBER);
  if (number) return scalar(scanner.origin(from), number[0], Number(number[0]), false);
  const boolean = scanner.take(BOOLEAN);
  if (boolean) return scalar(scanner.origin(from), boolean[0], boolean[0] === 'true', false);
  return scanNamed(scanner, from);
}

/** A reference, or a bare word, which most likely is a text whose quotes are missing. */
function scanNamed(scanner: Scanner, from: number): Value | undefined {
  const word = scanner.word();
  const bare = word && scanner.text[scanner.at] !== '.' && scanner.text[scanner.at] !== '[';
  if (bare) {
    const literal = /^(?:true|false)$/i.test(word.text) ? word.text.toLowerCase() : quote(word.text);
    return scanner.fail(
      'expression-syntax',
      {
        en: `\`${word.text}\` is neither a reference nor a value; write \`${literal}\`.`,
        zh: `“${word.text}”既不是引用也不是值；请写 \`${literal}\`。`,
      },
      from,
      scanner.at,
      literal,
    );
  }
  scanner.at = from;
  const reference = scanReference(scanner);
  return reference && { kind: 'reference', origin: scanner.origin(from), reference };
}

function scanList(scanner: Scanner): ListValue | undefined {
  const from = scanner.at;
  if (isTooLong(scanner)) return undefined;
  scanner.takeText('[');
  scanner.skipSpace();
  const items: Value[] = [];
  while (!scanner.takeText(']')) {
    if (items.length > 0) {
      if (!scanner.takeText(',')) {
        const { en, zh } = scanner.here;
        return scanner.fail('expression-syntax', {
          en: `\`,\` or \`]\` is expected in the list, not ${en}.`,
          zh: `列表中此处应为 \`,\` 或 \`]\`，而不是${zh}。`,
        });
      }
      scanner.skipSpace();
    }
    const item = scanOperand(scanner);
    if (!item) return undefined;
    items.push(item);
    scanner.skipSpace();
  }
  return { kind: 'list', origin: scanner.origin(from), items };
}

function finish(scanner: Scanner, braced: boolean): true | undefined {
  scanner.skipSpace();
  if (braced) {
    if (!scanner.takeText('}}')) return unexpected(scanner, '`&&`, `||` or `}}`', '`&&`、`||` 或 `}}`');
    scanner.skipSpace();
  }
  return scanner.done ? true : unexpected(scanner, '`&&`, `||` or the end', '`&&`、`||` 或结尾');
}

// ---- into the service's form

/** The clauses of an expression, ANDed; `negated` pushes a `!` down to the comparisons. */
function compile(scanner: Scanner, expression: Expression, negated: boolean): readonly Condition[] | undefined {
  switch (expression.kind) {
    case 'not':
      return compile(scanner, expression.inner, !negated);
    case 'flag':
      return [flagCondition(scanner, expression, !negated)];
    case 'compare': {
      const condition = compareCondition(scanner, expression);
      if (!negated) return [condition];
      const operator = opposite[condition.operator];
      if (operator) return [{ ...condition, operator }];
      return scanner.fail(
        'condition-negation',
        {
          en: `\`${condition.operator}\` cannot be negated: the service has no opposite of it. Compare with each value by \`!=\` instead.`,
          zh: `\`${condition.operator}\` 不能取反：服务没有与之相反的运算。请用 \`!=\` 逐个比较。`,
        },
        expression.from,
        expression.to,
      );
    }
    case 'and':
    case 'or': {
      const left = compile(scanner, expression.left, negated);
      const right = left && compile(scanner, expression.right, negated);
      if (!right) return undefined;
      const clauses = (expression.kind === 'and') !== negated ? left.length + right.length : left.length * right.length;
      if (clauses > maxClauses) return tooComplex(scanner, expression, clauses);
      if ((expression.kind === 'and') !== negated) return [...left, ...right];
      const origin = scanner.origin(expression.from, expression.to);
      return left.flatMap((a) => right.map((b) => orCondition(origin, expression.operator, a, b)));
    }
  }
}

const opposite: Readonly<Record<string, string>> = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' };

function compareCondition(scanner: Scanner, compare: Expression & { kind: 'compare' }): Condition {
  return {
    kind: 'condition',
    origin: scanner.origin(compare.from, compare.to),
    operator: compare.operator.text,
    operatorOrigin: compare.operator.origin,
    left: compare.left,
    right: compare.right,
  };
}

function flagCondition(scanner: Scanner, flag: Expression & { kind: 'flag' }, value: boolean): Condition {
  const origin = scanner.origin(flag.from, flag.to);
  const right = scalar(origin, String(value), value, false);
  return { kind: 'condition', origin, operator: '==', operatorOrigin: origin, left: flag.operand, right };
}

function orCondition(origin: Origin, operatorOrigin: Origin, left: Condition, right: Condition): Condition {
  return { kind: 'condition', origin, operator: 'or', operatorOrigin, left, right };
}

function scalar(origin: Origin, text: string, value: string | number | boolean, quoted: boolean): ScalarValue {
  return { kind: 'scalar', origin, text, value, quoted };
}

// ---- findings

function expectedComparison(scanner: Scanner, from: number, to: number): undefined {
  return scanner.fail(
    'expression-syntax',
    {
      en: 'A value alone is no condition: compare it, as in `steps.a.outputs.m.accuracy > 0.9`.',
      zh: '单独一个值不是条件：请进行比较，例如 `steps.a.outputs.m.accuracy > 0.9`。',
    },
    from,
    to,
  );
}

function unexpected(scanner: Scanner, expected: string, expectedZh: string): undefined {
  const { en, zh } = scanner.here;
  const word = /^(and|or|not)\b/i.exec(scanner.text.slice(scanner.at));
  const sign = word && { and: '&&', or: '||', not: '!' }[word[1]!.toLowerCase()];
  return scanner.fail(
    'expression-syntax',
    {
      en: `${expected} is expected, not ${en}.${sign ? ` Write \`${sign}\`.` : ''}`,
      zh: `此处应为 ${expectedZh}，而不是${zh}。${sign ? `请写 \`${sign}\`。` : ''}`,
    },
    scanner.at,
    undefined,
    sign ?? undefined,
  );
}

/** Counts one more part, and says so where there are too many. */
function isTooLong(scanner: Scanner): boolean {
  if (++scanner.parts <= maxParts) return false;
  scanner.fail(
    'condition-too-complex',
    {
      en: `The expression has more than ${maxParts} operators and parentheses. Split it over several condition steps.`,
      zh: `表达式的运算符与括号超过 ${maxParts} 个。请拆分到多个条件节点。`,
    },
    0,
    scanner.text.length,
  );
  return true;
}

function tooComplex(scanner: Scanner, expression: Expression, clauses: number): undefined {
  return scanner.fail(
    'condition-too-complex',
    {
      en: `The service takes a list of ANDed \`or\` trees; this expression becomes ${clauses} of them, more than ${maxClauses}. Split it over several condition steps.`,
      zh: `服务只接受以“与”相连的 \`or\` 树列表；该表达式会展开成 ${clauses} 项，超过 ${maxClauses} 项。请拆分到多个条件节点。`,
    },
    expression.from,
    expression.to,
  );
}

// ---- printing

function printClause(condition: Condition): string | undefined {
  if (condition.operator === 'or') {
    if (condition.left?.kind !== 'condition' || condition.right?.kind !== 'condition') return undefined;
    const left = printClause(condition.left);
    const right = printClause(condition.right);
    if (left === undefined || right === undefined) return undefined;
    return `${left} || ${condition.right.operator === 'or' ? `(${right})` : right}`;
  }
  const left = printOperand(condition.left);
  const right = printOperand(condition.right);
  if (left === undefined || right === undefined || !/^(?:in|[=!<>~^%*+/]+)$/.test(condition.operator)) return undefined;
  return `${left} ${condition.operator} ${right}`;
}

function printOperand(operand: Operand | undefined): string | undefined {
  switch (operand?.kind) {
    case 'reference':
      return operand.reference.root === 'storages' ? undefined : printTarget(operand.reference);
    case 'scalar':
      return printScalar(operand);
    case 'list': {
      const items = operand.items.map((item) => printOperand(item));
      return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
    }
    case 'condition': {
      const text = printClause(operand);
      return text === undefined ? undefined : `(${text})`;
    }
    default:
      return undefined;
  }
}

function printScalar(value: ScalarValue): string | undefined {
  switch (typeof value.value) {
    case 'string':
      return quote(value.value);
    case 'number':
      return /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(value.text) ? value.text : String(value.value);
    case 'boolean':
      return String(value.value);
    default:
      return undefined;
  }
}
