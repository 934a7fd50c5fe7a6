// Storages that put the run's id into a path that nobody makes.
import { fieldOf, textAt } from '../ir/workflow.ts';
import { booleanOf, entryOf } from './read.ts';
import type { Rule } from './rule.ts';

export const storageExecutionIdWithoutCreateDir: Rule = {
  code: 'storage-execution-id-without-create-dir',
  severity: 'error',
  scope: 'declaration',
  kind: 'storage',
  source: 'Guide 5.3.3; decision 9.4 (WG-51)',
  docs: {
    en: 'With `with_execution_id` every run has a directory of its own, which does not exist until the service makes it: the declaration needs `create_dir: true` too. (One use of the storage may switch it off.)',
    zh: '`with_execution_id` 使每次运行拥有各自的目录，须由服务创建，因此声明中也要有 `create_dir: true`。（某一次使用可以关闭。）',
    fails: 'storages:\n  output: { with_execution_id: true }\n',
    passes: 'storages:\n  output: { with_execution_id: true, create_dir: true }\n',
  },
  *check({ fields, name }) {
    if (booleanOf(fields, 'with_execution_id') !== true || booleanOf(fields, 'create_dir') === true) return;
    const written = fieldOf(fields, 'create_dir');
    // What is no boolean is a finding of its own.
    if (written && booleanOf(fields, 'create_dir') === undefined) return;
    if (textAt(fields, 'kind') === 'output' && booleanOf(fields, 'create_dir') === undefined) return;
    yield {
      origin: entryOf(fields, 'with_execution_id')!.name.origin,
      message: {
        en: `The directory of a run below \`${name.text}\` does not exist: \`with_execution_id\` needs \`create_dir: true\`.`,
        zh: `“${name.text}”下的运行目录并不存在：\`with_execution_id\` 需要 \`create_dir: true\`。`,
      },
    };
  },
};
