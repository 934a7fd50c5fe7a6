// Every command once: what it is called, its icon, and where the palette offers it. `Record<CommandId, ...>` of
// client/commands/table.ts makes the compiler ask for a handler of each.
import type { Localized } from '../../core/text/diagnostic.ts';

export interface CommandRow {
  readonly title: Localized;
  /** Short title for buttons and menus. */
  readonly short?: Localized;
  readonly icon?: string;
  /** When the palette lists it; false: never, because it needs an item of a view. Always when absent. */
  readonly palette?: string | false;
}

/** The active editor, or the file of a menu, is a workflow. */
export const inWorkflow = '(resourceLangId == modelarts-workflow || resourceFilename =~ /\\.workflow\\.m?ts$/)';

export const commands = {
  'weft.run': {
    title: { en: 'Run Workflow', zh: '运行工作流' },
    short: { en: 'Run', zh: '运行' },
    icon: '$(play)',
    palette: `${inWorkflow} && isWorkspaceTrusted`,
  },
  'weft.runFrom': {
    title: { en: 'Run from a Step, Reusing Earlier Results', zh: '从某个步骤运行（复用之前的结果）' },
    short: { en: 'Run from Here', zh: '从此步骤运行' },
    icon: '$(run-below)',
    palette: `${inWorkflow} && isWorkspaceTrusted`,
  },
  'weft.runScene': {
    title: { en: 'Run a Scene', zh: '运行场景' },
    icon: '$(run)',
    palette: `${inWorkflow} && isWorkspaceTrusted`,
  },
  'weft.debug': {
    title: { en: 'Debug Workflow', zh: '调试工作流' },
    short: { en: 'Debug', zh: '调试' },
    icon: '$(debug-alt)',
    palette: `${inWorkflow} && isWorkspaceTrusted`,
  },
  'weft.release': {
    title: { en: 'Release Workflow', zh: '发布工作流' },
    short: { en: 'Release', zh: '发布' },
    icon: '$(cloud-upload)',
    palette: `${inWorkflow} && isWorkspaceTrusted`,
  },
  'weft.releaseAndRun': {
    title: { en: 'Release and Run in the Cloud', zh: '发布并在云端运行' },
    icon: '$(cloud-upload)',
    palette: `${inWorkflow} && isWorkspaceTrusted`,
  },
  'weft.signIn': { title: { en: 'Sign In to the Cloud', zh: '登录云服务' }, icon: '$(key)' },
  'weft.signOut': { title: { en: 'Sign Out of the Cloud', zh: '退出云服务' } },
  'weft.stop': {
    title: { en: 'Stop Run', zh: '停止运行' },
    short: { en: 'Stop', zh: '停止' },
    icon: '$(debug-stop)',
    palette: 'weft.anyRunActive',
  },
  'weft.stopStep': { title: { en: 'Stop Step', zh: '停止步骤' }, icon: '$(debug-stop)', palette: false },
  'weft.retry': {
    title: { en: 'Retry Failed Steps', zh: '重试失败的步骤' },
    short: { en: 'Retry', zh: '重试' },
    icon: '$(debug-rerun)',
    palette: 'weft.anyRuns',
  },
  'weft.retryStep': { title: { en: 'Retry Step', zh: '重试步骤' }, icon: '$(debug-rerun)', palette: false },
  'weft.rerun': {
    title: { en: 'Run Again with the Same Values', zh: '以相同的值重新运行' },
    short: { en: 'Run Again', zh: '重新运行' },
    icon: '$(debug-restart)',
    palette: 'weft.anyRuns',
  },
  'weft.answer': {
    title: { en: 'Answer a Waiting Step', zh: '处理等待中的步骤' },
    short: { en: 'Answer', zh: '处理' },
    icon: '$(reply)',
    palette: 'weft.anyWaiting',
  },
  'weft.showGraph': {
    title: { en: 'Show Graph', zh: '显示流程图' },
    icon: '$(type-hierarchy)',
    palette: inWorkflow,
  },
  'weft.exportGraph': {
    title: { en: 'Export Graph as SVG', zh: '将流程图导出为 SVG' },
    icon: '$(save-as)',
    palette: 'weft.graphActive',
  },
  'weft.showRun': { title: { en: 'Show Run in Graph', zh: '在流程图中显示运行' }, icon: '$(type-hierarchy)', palette: false },
  'weft.showLog': {
    title: { en: 'Show Log', zh: '显示日志' },
    icon: '$(output)',
    palette: 'weft.anyRuns',
  },
  'weft.openLogInEditor': {
    title: { en: 'Open Log in an Editor', zh: '在编辑器中打开日志' },
    icon: '$(go-to-editing-session)',
    palette: 'weft.anyRuns',
  },
  'weft.showMetrics': {
    title: { en: 'Show Metrics', zh: '显示指标' },
    icon: '$(graph-line)',
    palette: 'weft.anyRuns',
  },
  'weft.compareRuns': {
    title: { en: 'Compare Metrics of Runs', zh: '对比运行的指标' },
    palette: 'weft.anyRuns',
  },
  'weft.saveLog': { title: { en: 'Save Log', zh: '保存日志' }, icon: '$(save)', palette: 'weft.anyRuns' },
  'weft.openSource': { title: { en: 'Open Workflow File', zh: '打开工作流文件' }, icon: '$(go-to-file)', palette: false },
  'weft.renameName': { title: { en: 'Rename', zh: '重命名' }, palette: false },
  'weft.revealFolder': { title: { en: 'Show Folder', zh: '显示文件夹' }, palette: false },
  'weft.copyRunId': { title: { en: 'Copy Run ID', zh: '复制运行 ID' }, palette: false },
  'weft.deleteRun': { title: { en: 'Delete Run', zh: '删除运行记录' }, icon: '$(trash)', palette: false },
  'weft.openSample': { title: { en: 'Open a Sample Workflow', zh: '打开示例工作流' } },
  'weft.newWorkflow': {
    title: { en: 'New Workflow', zh: '新建工作流' },
    icon: '$(new-file)',
    palette: 'workbenchState != empty',
  },
  'weft.showBody': {
    title: { en: 'Show Request Body', zh: '显示请求体' },
    icon: '$(json)',
    palette: inWorkflow,
  },
  'weft.copyBody': { title: { en: 'Copy Request Body', zh: '复制请求体' }, palette: inWorkflow },
  'weft.refresh': { title: { en: 'Refresh', zh: '刷新' }, icon: '$(refresh)', palette: false },
  'weft.startEngine': { title: { en: 'Start Local Engine', zh: '启动本地引擎' }, palette: 'isWorkspaceTrusted' },
  'weft.stopEngine': { title: { en: 'Stop Local Engine', zh: '停止本地引擎' }, palette: 'weft.engineRunning' },
  'weft.restartServer': { title: { en: 'Restart Language Server', zh: '重启语言服务器' } },
  'weft.showOutput': { title: { en: 'Show Output', zh: '显示输出' } },
} as const satisfies Record<string, CommandRow>;

export type CommandId = keyof typeof commands;
