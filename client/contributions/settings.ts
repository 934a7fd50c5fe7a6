// Every setting once, with the type that client/settings.ts reads it as.
import type { Localized } from '../../core/text/diagnostic.ts';

export interface SettingRow<Value = unknown> {
  readonly type: 'string' | 'boolean' | 'number';
  readonly default: Value;
  readonly enum?: readonly { readonly value: string; readonly text: Localized }[];
  readonly minimum?: number;
  readonly text: Localized;
  readonly scope?: 'machine' | 'machine-overridable' | 'resource' | 'window';
}

export interface Settings {
  'weft.run.reveal': 'log' | 'graph' | 'both' | 'nothing';
  'weft.graph.direction': 'right' | 'down';
  'weft.editor.statusInText': boolean;
  'weft.engine.idleMinutes': number;
  'weft.engine.nodePath': string;
  'weft.trace.server': 'off' | 'messages' | 'verbose';
}

export const settings: { readonly [Name in keyof Settings]: SettingRow<Settings[Name]> } = {
  'weft.run.reveal': {
    type: 'string',
    default: 'both',
    enum: [
      { value: 'both', text: { en: 'Graph and log', zh: '流程图和日志' } },
      { value: 'log', text: { en: 'Log only', zh: '仅日志' } },
      { value: 'graph', text: { en: 'Graph only', zh: '仅流程图' } },
      { value: 'nothing', text: { en: 'Nothing', zh: '不显示' } },
    ],
    text: { en: 'What is shown when a run starts.', zh: '运行开始时显示的内容。' },
  },
  'weft.graph.direction': {
    type: 'string',
    default: 'down',
    enum: [
      { value: 'down', text: { en: 'From top to bottom', zh: '从上到下' } },
      { value: 'right', text: { en: 'From left to right', zh: '从左到右' } },
    ],
    text: { en: 'Which way the work flows in a new graph.', zh: '新流程图的方向。' },
  },
  'weft.editor.statusInText': {
    type: 'boolean',
    default: true,
    text: {
      en: 'Show the status of the last run behind the first line of each step.',
      zh: '在每个步骤的首行末尾显示最近一次运行的状态。',
    },
  },
  'weft.engine.idleMinutes': {
    type: 'number',
    default: 30,
    minimum: 1,
    scope: 'machine-overridable',
    text: {
      en: 'Minutes after which a local engine that has nothing to do ends by itself.',
      zh: '本地引擎空闲多少分钟后自动退出。',
    },
  },
  'weft.engine.nodePath': {
    type: 'string',
    default: '',
    scope: 'machine',
    text: {
      en: "Node.js (22.18 or newer) that runs the local engine, the debugger and workflows in TypeScript. VS Code's own when empty.",
      zh: '运行本地引擎、调试器与 TypeScript 工作流的 Node.js（22.18 或更高版本）。留空时使用 VS Code 自带的 Node.js。',
    },
  },
  'weft.trace.server': {
    type: 'string',
    default: 'off',
    enum: [
      { value: 'off', text: { en: 'Nothing', zh: '不记录' } },
      { value: 'messages', text: { en: 'Messages', zh: '消息' } },
      { value: 'verbose', text: { en: 'Messages with their contents', zh: '消息及其内容' } },
    ],
    text: {
      en: 'What is written to the output about the traffic with the language server.',
      zh: '在输出中记录与语言服务器的哪些通信。',
    },
  },
};
