// The Weft container of the activity bar with its views, the log in the bottom panel, and what empty views say.
import type { Localized } from '../../core/text/diagnostic.ts';

export interface ViewRow {
  readonly container: 'weft' | 'weft-panel';
  readonly name: Localized;
  readonly webview?: boolean;
  readonly size?: number;
  readonly icon?: string;
  /** Hidden otherwise. */
  readonly when?: string;
}

export const views = {
  'weft.workflows': { container: 'weft', name: { en: 'Workflows', zh: '工作流' }, size: 3 },
  'weft.waiting': { container: 'weft', name: { en: 'Waiting for You', zh: '等待处理' }, size: 1, when: 'weft.anyWaiting' },
  'weft.runs': { container: 'weft', name: { en: 'Runs', zh: '运行记录' }, size: 4 },
  'weft.log': { container: 'weft-panel', name: { en: 'Weft Log', zh: 'Weft 日志' }, webview: true, icon: '$(output)' },
} as const satisfies Record<string, ViewRow>;

export type ViewId = keyof typeof views;

export interface WelcomeRow {
  readonly view: ViewId;
  readonly when?: string;
  readonly text: Localized;
}

export const welcomes: readonly WelcomeRow[] = [
  {
    view: 'weft.workflows',
    when: 'workbenchState == empty',
    text: {
      en: 'Open a folder that has workflows in it, or start from a sample.\n[Open Folder](command:vscode.openFolder)\n[Open a Sample Workflow](command:weft.openSample)',
      zh: '打开包含工作流的文件夹，或从示例开始。\n[打开文件夹](command:vscode.openFolder)\n[打开示例工作流](command:weft.openSample)',
    },
  },
  {
    view: 'weft.workflows',
    when: 'workbenchState != empty',
    text: {
      en: 'There are no workflow files (*.workflow.yaml, *.workflow.ts) in this workspace yet.\n[New Workflow](command:weft.newWorkflow)\n[Open a Sample Workflow](command:weft.openSample)\n[Take the Tour](command:workbench.action.openWalkthrough?%22weft.weft%23weft.start%22)',
      zh: '此工作区中还没有工作流文件（*.workflow.yaml、*.workflow.ts）。\n[新建工作流](command:weft.newWorkflow)\n[打开示例工作流](command:weft.openSample)\n[查看入门演示](command:workbench.action.openWalkthrough?%22weft.weft%23weft.start%22)',
    },
  },
  {
    view: 'weft.runs',
    when: '!isWorkspaceTrusted',
    text: {
      en: 'Workflows run code of this folder, so they run only in a trusted workspace.\n[Manage Workspace Trust](command:workbench.trust.manage)',
      zh: '运行工作流会执行此文件夹中的代码，因此仅在受信任的工作区中可用。\n[管理工作区信任](command:workbench.trust.manage)',
    },
  },
  {
    view: 'weft.runs',
    when: 'isWorkspaceTrusted && weft.runsLoaded',
    text: {
      en: 'Nothing has run yet. Runs appear here while they go on and stay afterwards.\nOpen a workflow file and press $(play) in its title bar, or "Run" above its first line.',
      zh: '还没有运行记录。运行开始后会显示在这里并保留。\n打开工作流文件，点击标题栏中的 $(play)，或首行上方的“运行”。',
    },
  },
];
