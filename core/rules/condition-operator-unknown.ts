// Operators that the service does not know.
import { comparisons } from './read.ts';
import { replace } from './fixes.ts';
import type { Rule } from './rule.ts';

/** What the service knows. */
export const operators: ReadonlySet<string> = new Set(['==', '!=', '>', '>=', '<', '<=', 'in', 'or']);
const meant: Readonly<Record<string, string>> = { '=': '==', '===': '==', '!==': '!=', '<>': '!=', '=>': '>=', '=<': '<=' };

export const conditionOperatorUnknown: Rule = {
  code: 'condition-operator-unknown',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.8.2 table 5-63; REST CreateWorkflow, table 6 (WG-112)',
  docs: {
    en: 'The service compares with `==`, `!=`, `>`, `>=`, `<`, `<=` and `in`, and joins conditions with `or` (`||` in a file).',
    zh: '服务支持的比较为 `==`、`!=`、`>`、`>=`、`<`、`<=` 和 `in`，并以 `or`（文件中为 `||`）组合条件。',
    fails: 'steps:\n  check:\n    type: condition\n    conditions: parameters.x =~ 1\n',
    passes: 'steps:\n  check:\n    type: condition\n    conditions: parameters.x == 1\n',
  },
  *check({ step }) {
    for (const { operator, operatorOrigin } of comparisons([...step.conditions, ...step.skipConditions])) {
      if (operators.has(operator)) continue;
      const suggestion = meant[operator];
      yield {
        origin: operatorOrigin,
        message: {
          en: `\`${operator}\` is no operator of conditions: use \`==\`, \`!=\`, \`>\`, \`>=\`, \`<\`, \`<=\`, \`in\` or \`or\`.`,
          zh: `条件中没有运算符 \`${operator}\`：请使用 \`==\`、\`!=\`、\`>\`、\`>=\`、\`<\`、\`<=\`、\`in\` 或 \`or\`。`,
        },
        ...(suggestion && { fixes: () => [replace(operatorOrigin, suggestion)] }),
      };
    }
  },
};
