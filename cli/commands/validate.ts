// weft validate [FILE...]: what the editor would mark. Without a file, all workflows of the workspace and its configuration.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SourceText } from '../../core/text/source.ts';
import { spanOf } from '../../core/text/origin.ts';
import { findWorkflows } from '../../loader/find-workflows.ts';
import { loadConfig } from '../../loader/load-config.ts';
import { configName, workspaceRoot } from '../../loader/workspace-root.ts';
import { type Command, type Console, UsageError } from '../command.ts';
import { type Finding, findingsOf, type Format, formats, report } from '../report.ts';
import { openSource } from '../source-file.ts';

export const validateCommand: Command = {
  name: 'validate',
  usage: 'validate [FILE...] [--json | --format text|json|github|sarif]',
  summary: { en: 'Check workflow files as the editor does', zh: '检查工作流文件，与编辑器中的检查一致' },
  examples: ['weft validate', 'weft validate digits.workflow.yaml --json'],
  async run(args, console) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, format: { type: 'string', default: 'text' } },
      allowPositionals: true,
    });
    const format = values.json ? 'json' : (values.format as Format);
    if (!formats.includes(format)) throw new UsageError(`--format is one of ${formats.join(', ')}, and not "${format}"`);
    const root = workspaceRoot(console.cwd);
    const files = positionals.length > 0 ? positionals : allFiles(root);
    if (files.length === 0) throw new UsageError(`there are no *.workflow.yaml or *.workflow.ts files in ${root}; name one`);
    const findings: Finding[] = [];
    for (const file of files) findings.push(...(await findingsIn(file, console)));
    report(findings, format, console);
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const warnings = findings.filter(({ severity }) => severity === 'warning').length;
    if (format === 'text')
      console.err(`${count(files.length, 'file')}: ${count(errors, 'error')}, ${count(warnings, 'warning')}\n`);
    return errors > 0 ? 1 : 0;
  },
};

function allFiles(root: string): readonly string[] {
  const workflows = findWorkflows(root);
  const config = resolve(root, configName);
  return existsSync(config) && workflows.length > 0 ? [...workflows, config] : workflows;
}

async function findingsIn(name: string, console: Console): Promise<readonly Finding[]> {
  const file = resolve(console.cwd, name);
  if (file.endsWith(`/${configName}`) && existsSync(file)) {
    const { text, findings } = loadConfig(resolve(file, '..'));
    const sorted = findings.toSorted((a, b) => spanOf(a.origin).start - spanOf(b.origin).start);
    return findingsOf(file, new SourceText(text), sorted, console);
  }
  const { source, diagnostics } = await openSource(console, name);
  return findingsOf(file, source, diagnostics, console);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
