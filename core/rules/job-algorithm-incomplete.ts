// Algorithms of which a needed part is missing.
import { fieldOf, valueAt } from '../ir/workflow.ts';
import type { Localized } from '../text/diagnostic.ts';
import { mapAt, placeOf } from './read.ts';
import type { Rule } from './rule.ts';

export const jobAlgorithmIncomplete: Rule = {
  code: 'job-algorithm-incomplete',
  severity: 'error',
  scope: 'step',
  stepType: 'job',
  source: 'Guide 5.4.5.2 tables 5-42 to 5-44; SDK X5, X6 (WG-77, WG-79)',
  docs: {
    en: 'A subscribed algorithm has both ids; own code has `code_dir` with `boot_file` and an official engine, or a `command` with an image of its own. Otherwise the job cannot be created.',
    zh: '订阅算法需要两个 ID；自定义代码需要 `code_dir`、`boot_file` 和官方引擎，或 `command` 与自有镜像，否则无法创建作业。',
    fails: 'steps:\n  training:\n    type: job\n    algorithm: { code_dir: ./src }\n',
    passes:
      'steps:\n  training:\n    type: job\n    algorithm:\n      code_dir: ./src\n      boot_file: main.py\n      engine: { engine_name: PyTorch, engine_version: pytorch_1.8.0 }\n',
  },
  *check({ step }) {
    const algorithm = mapAt(step.fields, 'algorithm');
    const place = placeOf(step, 'algorithm');
    const message = algorithm
      ? complaint((...path) => valueAt(algorithm, ...path) !== undefined)
      : fieldOf(step.fields, 'algorithm')
        ? undefined
        : { en: 'says nothing about what runs: add `algorithm`.', zh: '没有指明运行什么：请添加 `algorithm`。' };
    if (message)
      yield {
        origin: place,
        message: { en: `The job \`${step.name.text}\` ${message.en}`, zh: `作业“${step.name.text}”${message.zh}` },
      };
  },
};

function complaint(has: (...path: string[]) => boolean): Localized | undefined {
  const own = has('code_dir') || has('boot_file') || has('command') || has('engine');
  const subscribed = has('subscription_id') || has('item_version_id');
  // Two forms at once are another finding.
  if (Number(own) + Number(subscribed) + Number(has('algorithm_id')) > 1 || has('algorithm_id')) return undefined;
  if (subscribed)
    return has('subscription_id') && has('item_version_id') ? undefined : missing('subscription_id', 'item_version_id', has);
  if (!own)
    return {
      en: 'names no algorithm: add `code_dir`, `algorithm_id` or `subscription_id`.',
      zh: '没有算法：请添加 `code_dir`、`algorithm_id` 或 `subscription_id`。',
    };
  if (has('command')) return undefined;
  if (!has('boot_file'))
    return {
      en: 'has code but nothing to start: add `boot_file`, or `command` with an image.',
      zh: '有代码但没有启动方式：请添加 `boot_file`，或与镜像一起使用 `command`。',
    };
  if (!has('code_dir')) return { en: 'has a `boot_file` but no `code_dir`.', zh: '有 `boot_file` 但没有 `code_dir`。' };
  if (!has('engine'))
    return { en: 'has a `boot_file` but no `engine` to start it with.', zh: '有 `boot_file` 但没有用于启动的 `engine`。' };
  return undefined;
}

function missing(a: string, b: string, has: (...path: string[]) => boolean): Localized {
  const name = has(a) ? b : a;
  return { en: `has an incomplete algorithm: \`${name}\` is missing.`, zh: `的算法不完整：缺少 \`${name}\`。` };
}
