// What the adapter says in the client's language: names of scopes and filters, and what is wrong with a breakpoint.
import type { Localized } from '../core/text/diagnostic.ts';

/** Says a text in the client's language. */
export type Say = (text: Localized) => string;

/** `locale`: of `initialize`, such as `zh-cn`. */
export function sayIn(locale: string | undefined): Say {
  const language = locale?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  return (text) => text[language];
}

export const texts = {
  parameters: { en: 'Parameters', zh: '参数' },
  data: { en: 'Data', zh: '数据' },
  steps: { en: 'Steps', zh: '步骤' },
  failedSteps: { en: 'Failed steps', zh: '失败的步骤' },
  failedStepsText: {
    en: 'Keeps a run that failed open: look at its steps, restart one, which holds it, and change values before it goes on.',
    zh: '运行失败后不结束调试：可查看步骤，重启某个步骤（启动前暂停），更改取值后再继续。',
  },
  noStepInLine: { en: 'There is no step in this line.', zh: '该行没有步骤。' },
  otherFile: { en: 'The run is not one of this file.', zh: '当前运行不属于该文件。' },
  unreadable: { en: 'The file cannot be read as a workflow.', zh: '无法将该文件读作工作流。' },
} as const satisfies Record<string, Localized>;

export function noStep(name: string): Localized {
  return { en: `The file has no step "${name}".`, zh: `文件中没有步骤“${name}”。` };
}

export function notInRun(name: string): Localized {
  return { en: `Step "${name}" is not part of this run.`, zh: `步骤“${name}”不在本次运行中。` };
}
