// Files that a storage would make as directories.
import type { Declaration, Value } from '../ir/workflow.ts';
import { booleanOf, isReference } from './read.ts';
import { textAt } from '../ir/workflow.ts';
import type { Rule } from './rule.ts';

/** Positions where the language implies `create_dir=false`: the value is a file. */
const files: ReadonlySet<string> = new Set(['metric_files', 'boot_file', 'metric_file', 'execution_code', 'config_file']);

export const storageFileCreated: Rule = {
  code: 'storage-file-created',
  severity: 'warning',
  scope: 'step',
  source: 'Guide 5.3.2 (WG-54)',
  docs: {
    en: 'A storage with `create_dir` makes the whole path a directory, also when its last part looks like a file; the step then finds a directory in place of its file. Write `create_dir=false` for this use.',
    zh: '带 `create_dir` 的存储会把整个路径创建为目录，即使末尾像是文件；步骤随后会在文件处遇到目录。请在此处使用 `create_dir=false`。',
    fails:
      'storages:\n  output: { kind: output }\nsteps:\n  training:\n    type: job\n    outputs:\n      report: { obs_path: "${{ storages.output }}/report.csv" }\n',
    passes:
      'storages:\n  output: { kind: output }\nsteps:\n  training:\n    type: job\n    outputs:\n      report: { obs_path: "${{ storages.output(create_dir=false) }}/report.csv" }\n',
  },
  *check({ step, binding }) {
    if (
      !binding.uses.some(
        ({ kind, value }) => kind === 'storage' && isReference(value, 'storages') && isFile(value.reference.path),
      )
    )
      return;
    const maps = [step.fields, ...step.outputs.map((output) => output.fields)];
    for (const { field, value } of maps.flatMap((map) => [...leaves(map, '')])) {
      if (files.has(field) || !isReference(value, 'storages')) continue;
      const { path, createDir } = value.reference;
      if (!isFile(path)) continue;
      const target = binding.uses.find((use) => use.value === value)?.target as Declaration | undefined;
      const declared = target && (booleanOf(target.fields, 'create_dir') ?? textAt(target.fields, 'kind') === 'output');
      if (!(createDir ?? declared)) continue;
      yield {
        origin: value.origin,
        message: {
          en: `\`${path}\` looks like a file but would be made as a directory: use \`create_dir=false\` here.`,
          zh: `\`${path}\` 像是文件，却会被创建为目录：请在此使用 \`create_dir=false\`。`,
        },
      };
    }
  },
};

function isFile(path: string): boolean {
  return /\.[A-Za-z0-9]{1,8}$/.test(path);
}

function* leaves(value: Value, field: string): Generator<{ field: string; value: Value }> {
  if (value.kind === 'map') for (const entry of value.entries) yield* leaves(entry.value, entry.name.text);
  else if (value.kind === 'list') for (const item of value.items) yield* leaves(item, field);
  else yield { field, value };
}
