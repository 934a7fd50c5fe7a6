// Findings in a terminal, as JSON, for GitHub and as SARIF. The JSON form is stable: docs/cli.md.
import { relative } from 'node:path';
import type { Diagnostic, Severity } from '../core/text/diagnostic.ts';
import { spanOf } from '../core/text/origin.ts';
import type { Range } from '../core/text/source.ts';
import type { SourceText } from '../core/text/source.ts';
import { type Console, say } from './command.ts';

/** One element of `weft validate --json`. Positions are 0-based, columns count UTF-16 units, as in LSP. */
export interface Finding {
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}

export const formats = ['text', 'json', 'github', 'sarif'] as const;
export type Format = (typeof formats)[number];

/** `file` is shown relative to where the command runs. */
export function findingsOf(file: string, source: SourceText, diagnostics: readonly Diagnostic[], console: Console): Finding[] {
  return diagnostics.map(({ code, severity, message, origin }) => ({
    file: relative(console.cwd, file) || file,
    code,
    severity,
    message: say(console, message),
    range: source.rangeOf(spanOf(origin)),
  }));
}

export function report(findings: readonly Finding[], format: Format, console: Console): void {
  switch (format) {
    case 'json':
      return console.out(`${JSON.stringify(findings)}\n`);
    case 'github':
      return console.out(findings.map((finding) => `${githubLine(finding)}\n`).join(''));
    case 'sarif':
      return console.out(`${JSON.stringify(sarifOf(findings))}\n`);
    case 'text':
      return console.out(findings.map((finding) => `${textLine(finding, console.colours)}\n`).join(''));
  }
}

const colour: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 34, hint: 36 };

export function textLine({ file, code, severity, message, range }: Finding, colours: boolean): string {
  const { line, character } = range.start;
  const shown = colours ? `\u001b[${colour[severity]}m${severity}\u001b[0m` : severity;
  return `${file}:${line + 1}:${character + 1}: ${shown} ${code}: ${message}`;
}

function githubLine({ file, code, severity, message, range }: Finding): string {
  const level = severity === 'error' || severity === 'warning' ? severity : 'notice';
  const { start, end } = range;
  const place = `file=${escaped(file)},line=${start.line + 1},col=${start.character + 1},endLine=${end.line + 1},endColumn=${end.character + 1}`;
  return `::${level} ${place},title=${escaped(code)}::${message.replace(/%/g, '%25').replace(/\r?\n/g, '%0A')}`;
}

function escaped(text: string): string {
  return text.replace(/[%\r\n:,]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

function sarifOf(findings: readonly Finding[]) {
  const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'weft', rules: [...new Set(findings.map(({ code }) => code))].map((id) => ({ id })) } },
        results: findings.map(({ file, code, severity, message, range: { start, end } }) => ({
          ruleId: code,
          level: levels[severity],
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file },
                region: {
                  startLine: start.line + 1,
                  startColumn: start.character + 1,
                  endLine: end.line + 1,
                  endColumn: end.character + 1,
                },
              },
            },
          ],
        })),
      },
    ],
  };
}
