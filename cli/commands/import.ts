// weft import BODY.json: a request body written as a workflow file, in YAML or as a program in TypeScript. Bodies with errors are never repaired: they are told and left.
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { emitFile } from '../../core/ir/emit-file.ts';
import { emitTypeScript } from '../../core/ir/emit-typescript.ts';
import { isProgram } from '../../core/protocol/workflow-file.ts';
import type { WorkflowSource } from '../../loader/source.ts';
import { type Command, type Console, say, UsageError } from '../command.ts';
import { findingsOf, report } from '../report.ts';
import { openSource } from '../source-file.ts';

export const importCommand: Command = {
  name: 'import',
  usage: 'import BODY.json [--to yaml|ts] [--out FILE]',
  summary: { en: 'Write a request body as a workflow file', zh: '将请求体转换为工作流文件' },
  examples: ['weft import body.json --out flow.workflow.yaml', 'weft import body.json --out flow.workflow.ts'],
  async run(args, console) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { out: { type: 'string' }, to: { type: 'string' } },
      allowPositionals: true,
    });
    const [name] = positionals;
    if (name === undefined) throw new UsageError('name the request body: weft import BODY.json');
    const to = values.to ?? (values.out !== undefined && isProgram(values.out) ? 'ts' : 'yaml');
    if (to !== 'yaml' && to !== 'ts') throw new UsageError(`--to is yaml or ts, and not "${to}"`);
    const read = await openSource(console, name);
    if (read.form !== 'body') throw new UsageError(`${name} is a workflow file already; a request body is a *.json file`);
    const errors = read.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      report(findingsOf(read.file, read.source, errors, console), 'text', { ...console, out: console.err });
      return 1;
    }
    const text = to === 'yaml' ? emitFile(read.workflow) : program(read, console);
    if (values.out === undefined) {
      console.out(text);
      return 0;
    }
    const file = resolve(console.cwd, values.out);
    if (existsSync(file)) throw new UsageError(`${file} is there already; name another file, or move it away`);
    writeFileSync(file, text);
    return 0;
  },
};

function program({ workflow }: WorkflowSource, console: Console): string {
  const emitted = emitTypeScript(workflow);
  if ('text' in emitted) return emitted.text;
  throw new UsageError(`${say(console, emitted.impossible)} ${say(console, { en: 'Use --to yaml.', zh: '请使用 --to yaml。' })}`);
}
