// weft compile FILE: the create-workflow request body, as an engine would get it.
import { parseArgs } from 'node:util';
import type { EngineConfig } from '../../core/config/config.ts';
import { compileBody } from '../../loader/compile.ts';
import { configuredEngine, loadConfig } from '../../loader/load-config.ts';
import { workspaceRoot } from '../../loader/workspace-root.ts';
import { type Command, UsageError } from '../command.ts';
import { findingsOf, report } from '../report.ts';
import { openSource } from '../source-file.ts';

/** Nobody's engine: local code keeps a visible `${staging}`. */
const noEngine: EngineConfig = { kind: 'modelarts', name: '' };

export const compileCommand: Command = {
  name: 'compile',
  usage: 'compile FILE [--engine NAME]',
  summary: { en: 'Print the request body of a workflow', zh: '输出工作流的创建请求体' },
  examples: ['weft compile digits.workflow.yaml', 'weft compile digits.workflow.yaml --engine local'],
  async run(args, console) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { engine: { type: 'string' } },
      allowPositionals: true,
    });
    const [name] = positionals;
    if (name === undefined) throw new UsageError('name the workflow file: weft compile FILE');
    const read = await openSource(console, name);
    const errors = read.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      report(findingsOf(read.file, read.source, errors, console), 'text', { ...console, out: console.err });
      return 1;
    }
    const loaded = loadConfig(workspaceRoot(read.file));
    const engine = values.engine === undefined ? noEngine : configuredEngine(loaded, values.engine);
    if (!engine) throw new UsageError(`${loaded.file} has no engine "${values.engine}"`);
    if (values.engine === undefined && usesLocalCode(read.source.text))
      console.err('weft: local code stands as ${staging}/...; with --engine NAME it becomes what that engine reads\n');
    console.out(`${JSON.stringify(compileBody(read, engine, loaded.root), undefined, 2)}\n`);
    return 0;
  },
};

function usesLocalCode(text: string): boolean {
  return /code_dir:\s*["']?\.{1,2}\//.test(text);
}
