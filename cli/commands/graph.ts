// weft graph FILE: the graph that the editor draws, for other tools.
import { parseArgs } from 'node:util';
import { type Command, UsageError } from '../command.ts';
import { toDot, toJson, toMermaid } from '../graph-text.ts';
import { openSource } from '../source-file.ts';

const printers = { json: toJson, mermaid: toMermaid, dot: toDot } as const;

export const graphCommand: Command = {
  name: 'graph',
  usage: `graph FILE [--format ${Object.keys(printers).join('|')}]`,
  summary: { en: 'Print the graph of a workflow', zh: '输出工作流图' },
  examples: ['weft graph digits.workflow.yaml --format mermaid'],
  async run(args, console) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { format: { type: 'string', default: 'json' } },
      allowPositionals: true,
    });
    const [name] = positionals;
    if (name === undefined) throw new UsageError('name the workflow file: weft graph FILE');
    const { format } = values;
    const print = Object.hasOwn(printers, format) ? printers[format as keyof typeof printers] : undefined;
    if (!print) throw new UsageError(`--format is one of ${Object.keys(printers).join(', ')}, and not "${format}"`);
    console.out(print((await openSource(console, name)).graph()));
    return 0;
  },
};
