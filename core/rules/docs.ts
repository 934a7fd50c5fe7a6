// The reference page of the rules, made from the rules themselves: `npm run generate` writes it to docs/rules.md.
import { rules } from './index.ts';
import type { Rule } from './rule.ts';

const severities = { error: 'error · 错误', warning: 'warning · 警告', info: 'info · 信息', hint: 'hint · 提示' } as const;

export function rulesPage(): string {
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  return `<!-- Generated from core/rules by \`npm run generate\`; do not edit. -->
# Rules · 规则

What the editor, \`weft validate\` and the local engine check beyond the form of single values. Each finding carries the code of its
rule. Where two severities are possible the text says which is when.

编辑器、\`weft validate\` 与本地引擎在单个值的形式之外所做的检查。每条结果都带有其规则的代码。

| code | severity |
|---|---|
${sorted.map(({ code, severity }) => `| [${code}](#${code}) | ${severities[severity]} |`).join('\n')}

${sorted.map(section).join('\n')}`;
}

/** Where a code is explained; for links in diagnostics. */
export function ruleAnchor(code: string): string {
  return `rules.md#${code}`;
}

function section({ code, severity, source, docs }: Rule): string {
  return `## ${code}

${severities[severity]} · ${source}

${docs.en}

${docs.zh}

Wrong · 错误:

\`\`\`yaml
${docs.fails}\`\`\`

Right · 正确:

\`\`\`yaml
${docs.passes}\`\`\`
`;
}
