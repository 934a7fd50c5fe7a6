// Boot files that are not part of the code.
import { type MapValue, valueAt } from '../ir/workflow.ts';
import { entryOf, mapAt } from './read.ts';
import type { Rule } from './rule.ts';

export const jobBootFileOutsideCodeDir: Rule = {
  code: 'job-boot-file-outside-code-dir',
  severity: 'error',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.4.5.4; SDK P6 (WG-78)',
  docs: {
    en: 'Only the folder `code_dir` is copied into the container; a boot file outside of it is not there when the job starts.',
    zh: '只有 `code_dir` 目录会被复制到容器中；位于其外的启动文件在作业启动时并不存在。',
    fails: 'steps:\n  training:\n    type: job\n    algorithm: { code_dir: /bucket/code/, boot_file: /bucket/other/main.py }\n',
    passes: 'steps:\n  training:\n    type: job\n    algorithm: { code_dir: /bucket/code/, boot_file: /bucket/code/main.py }\n',
  },
  *check({ step }) {
    const algorithm = mapAt(step.fields, 'algorithm');
    const [folder, file] = [pathAt(algorithm, 'code_dir'), pathAt(algorithm, 'boot_file')];
    if (folder === undefined || file === undefined) return;
    const [inside, whole] = [normal(folder), normal(file)];
    // A boot file without `./` or `/` is relative to the code.
    const relative = !/^(?:\.{0,2}\/|[a-z]+:\/\/|\$)/.test(file);
    const outside = relative ? whole.startsWith('../') : !`${whole}/`.startsWith(`${inside}/`);
    if (!outside) return;
    yield {
      origin: entryOf(algorithm, 'boot_file')!.value.origin,
      message: {
        en: `The boot file \`${file}\` is not inside \`code_dir\` (\`${folder}\`), so it would not be in the container.`,
        zh: `启动文件 \`${file}\` 不在 \`code_dir\`（\`${folder}\`）内，因此不会出现在容器中。`,
      },
    };
  },
};

function pathAt(map: MapValue | undefined, member: string): string | undefined {
  const value = valueAt(map, member);
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** Without `.` and `..` where they can be resolved, without a final slash; both spellings of a bucket alike. */
function normal(path: string): string {
  const parts: string[] = [];
  const text = path.replace(/^obs:\/\//, '/');
  for (const part of text.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
