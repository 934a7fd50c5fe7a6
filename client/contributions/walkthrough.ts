// The tour for whoever installed Weft a minute ago: it ends in a green run on their own machine, without an account.
import type { Localized } from '../../core/text/diagnostic.ts';

export interface TourStep {
  readonly id: string;
  readonly title: Localized;
  readonly text: Localized;
  /** Picture of the step, below `resources/walkthrough`. */
  readonly picture: string;
  readonly alt: Localized;
  readonly done: readonly string[];
}

export const tour = {
  id: 'weft.start',
  title: { en: 'Get Started with Weft', zh: 'Weft 入门' },
  text: {
    en: 'Write, check, draw and run a ModelArts workflow on your machine in three minutes.',
    zh: '三分钟内在本机编写、检查、查看并运行 ModelArts 工作流。',
  },
  steps: [
    {
      id: 'sample',
      title: { en: 'Open a sample workflow', zh: '打开示例工作流' },
      text: {
        en: 'A sample is a folder with a workflow file, its training code and its data. It needs no account.\n[Open a Sample](command:weft.openSample)',
        zh: '示例是一个文件夹，包含工作流文件、训练代码和数据，无需账号。\n[打开示例](command:weft.openSample)',
      },
      picture: 'sample.svg',
      alt: { en: 'A workflow file in the editor', zh: '编辑器中的工作流文件' },
      done: ['onCommand:weft.openSample'],
    },
    {
      id: 'write',
      title: { en: 'Let the editor help', zh: '让编辑器帮忙' },
      text: {
        en: 'Completion knows every member, step type and reference. Mistakes are marked where they stand, often with a fix ($(lightbulb)). Rename a step and every use follows.',
        zh: '补全了解每个字段、步骤类型和引用。错误会标在出错的位置，且多数可一键修复（$(lightbulb)）。重命名步骤时所有引用一并更新。',
      },
      picture: 'write.svg',
      alt: { en: 'Completion inside a reference', zh: '引用中的补全' },
      done: ['onLanguage:modelarts-workflow'],
    },
    {
      id: 'graph',
      title: { en: 'See the graph', zh: '查看流程图' },
      text: {
        en: 'The graph stands beside the text and follows every keystroke. Click a step to find it in the text.\n[Show Graph](command:weft.showGraph)',
        zh: '流程图显示在文本旁边，并随输入实时更新。单击步骤即可定位到文本。\n[显示流程图](command:weft.showGraph)',
      },
      picture: 'graph.svg',
      alt: { en: 'The graph of a workflow', zh: '工作流的流程图' },
      done: ['onCommand:weft.showGraph'],
    },
    {
      id: 'run',
      title: { en: 'Run it on your machine', zh: '在本机运行' },
      text: {
        en: 'The local engine runs the whole pipeline: training, the gate on accuracy, registration. Watch states in the graph and the log below; both survive a window reload.\n[Run](command:weft.run)',
        zh: '本地引擎会运行整个流水线：训练、精度判断、模型注册。流程图显示状态，下方显示日志，重新加载窗口也不会丢失。\n[运行](command:weft.run)',
      },
      picture: 'run.svg',
      alt: { en: 'A run with finished and running steps', zh: '包含已完成和运行中步骤的运行' },
      done: ['onCommand:weft.run'],
    },
    {
      id: 'log',
      title: { en: 'Follow the log', zh: '跟踪日志' },
      text: {
        en: 'The log follows the step that runs. Search it, save it, click a file:line to open the code.\n[Show Log](command:weft.showLog)',
        zh: '日志会跟随正在运行的步骤。可以搜索、保存，单击 file:line 打开代码。\n[显示日志](command:weft.showLog)',
      },
      picture: 'log.svg',
      alt: { en: 'The log of a training step', zh: '训练步骤的日志' },
      done: ['onCommand:weft.showLog', 'onView:weft.log'],
    },
  ],
} as const satisfies { id: string; title: Localized; text: Localized; steps: readonly TourStep[] };
