// Where commands stand besides the palette. `contextValue`s of tree items are words (`run active failed`), tested one by one.
import type { CommandId } from './commands.ts';
import { inWorkflow } from './commands.ts';

export interface MenuRow {
  readonly command: CommandId;
  readonly when: string;
  readonly group: string;
}

const trusted = 'isWorkspaceTrusted';
const graph = 'activeWebviewPanelId == weft.graph';
const item = (view: string, ...words: readonly string[]) =>
  [`view == ${view}`, ...words.map((word) => `viewItem =~ /\\b${word}\\b/`)].join(' && ');
const runs = (...words: readonly string[]) => item('weft.runs', ...words);

export const menus = {
  'editor/title': [
    { command: 'weft.run', when: `${inWorkflow} && ${trusted} && !weft.documentRunning`, group: 'navigation@1' },
    { command: 'weft.debug', when: `${inWorkflow} && ${trusted} && !weft.documentRunning`, group: 'navigation@1.5' },
    { command: 'weft.stop', when: `${inWorkflow} && weft.documentRunning`, group: 'navigation@1' },
    { command: 'weft.showGraph', when: inWorkflow, group: 'navigation@2' },
    { command: 'weft.exportGraph', when: graph, group: 'navigation@3' },
  ],
  'editor/context': [
    { command: 'weft.run', when: `${inWorkflow} && ${trusted}`, group: '1_run@1' },
    { command: 'weft.debug', when: `${inWorkflow} && ${trusted}`, group: '1_run@1.5' },
    { command: 'weft.runFrom', when: `${inWorkflow} && ${trusted}`, group: '1_run@2' },
    { command: 'weft.runScene', when: `${inWorkflow} && ${trusted}`, group: '1_run@3' },
    { command: 'weft.release', when: `${inWorkflow} && ${trusted}`, group: '2_release@1' },
    { command: 'weft.releaseAndRun', when: `${inWorkflow} && ${trusted}`, group: '2_release@2' },
    { command: 'weft.showGraph', when: inWorkflow, group: '1_run@4' },
    { command: 'weft.showBody', when: inWorkflow, group: '1_run@5' },
  ],
  'explorer/context': [
    { command: 'weft.run', when: `${inWorkflow} && ${trusted}`, group: '7_weft@1' },
    { command: 'weft.showGraph', when: inWorkflow, group: '7_weft@2' },
  ],
  'view/title': [
    { command: 'weft.refresh', when: 'view == weft.workflows', group: 'navigation@1' },
    { command: 'weft.newWorkflow', when: 'view == weft.workflows && workbenchState != empty', group: 'navigation@2' },
    { command: 'weft.openSample', when: 'view == weft.workflows', group: '1_new@1' },
    { command: 'weft.startEngine', when: `view == weft.runs && ${trusted} && !weft.engineRunning`, group: '1_engine@1' },
    { command: 'weft.stopEngine', when: 'view == weft.runs && weft.engineRunning', group: '1_engine@1' },
    { command: 'weft.showOutput', when: 'view == weft.runs', group: '1_engine@2' },
    { command: 'weft.refresh', when: 'view == weft.runs', group: 'navigation@1' },
    { command: 'weft.signIn', when: 'view == weft.runs', group: '2_cloud@1' },
    { command: 'weft.signOut', when: 'view == weft.runs', group: '2_cloud@2' },
    { command: 'weft.openLogInEditor', when: 'view == weft.log && weft.anyRuns', group: 'navigation@1' },
    { command: 'weft.showMetrics', when: 'view == weft.log && weft.anyRuns', group: 'navigation@2' },
  ],
  'view/item/context': [
    { command: 'weft.run', when: `${item('weft.workflows', 'file')} && ${trusted}`, group: 'inline@1' },
    { command: 'weft.showGraph', when: item('weft.workflows', 'file'), group: 'inline@2' },
    { command: 'weft.debug', when: `${item('weft.workflows', 'file')} && ${trusted}`, group: '1_run@1' },
    { command: 'weft.release', when: `${item('weft.workflows', 'file')} && ${trusted}`, group: '2_release@1' },
    { command: 'weft.releaseAndRun', when: `${item('weft.workflows', 'file')} && ${trusted}`, group: '2_release@2' },
    { command: 'weft.runFrom', when: `${item('weft.workflows', 'step')} && ${trusted}`, group: 'inline@1' },
    { command: 'weft.stop', when: runs('run', 'active'), group: 'inline@1' },
    { command: 'weft.retry', when: runs('run', 'failed'), group: 'inline@1' },
    { command: 'weft.showLog', when: runs('log'), group: 'inline@2' },
    { command: 'weft.showRun', when: runs('run', 'source'), group: 'inline@3' },
    { command: 'weft.showMetrics', when: runs('run'), group: 'inline@4' },
    { command: 'weft.showMetrics', when: runs('step', 'log'), group: '1_open@4' },
    { command: 'weft.compareRuns', when: runs('run'), group: '1_open@4' },
    { command: 'weft.openSource', when: runs('source'), group: '1_open@1' },
    { command: 'weft.openLogInEditor', when: runs('log'), group: '1_open@2' },
    { command: 'weft.saveLog', when: runs('step', 'log'), group: '1_open@3' },
    { command: 'weft.rerun', when: `${runs('run', 'ended')} && ${trusted}`, group: '0_run@1' },
    { command: 'weft.copyRunId', when: runs('run'), group: '2_copy@1' },
    { command: 'weft.deleteRun', when: runs('run', 'ended'), group: '3_delete@1' },
    { command: 'weft.stopStep', when: runs('step', 'active'), group: 'inline@1' },
    { command: 'weft.retryStep', when: runs('step', 'failed'), group: 'inline@1' },
    { command: 'weft.answer', when: 'viewItem =~ /\\bwaiting\\b/ && view =~ /^weft\\./', group: 'inline@0' },
  ],
} as const satisfies Record<string, readonly MenuRow[]>;
