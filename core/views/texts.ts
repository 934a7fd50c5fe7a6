// The texts of the webviews in the languages of the product. The host sends one language: `textsFor(graphTexts, language)`.
import type { Localized } from '../text/diagnostic.ts';

export type TextTable = Readonly<Record<string, Localized>>;
export type TextKey<Table extends TextTable> = keyof Table & string;

/** `language` as VS Code gives it: `zh-cn`, `en`. */
export function textsFor(table: TextTable, language: string): Readonly<Record<string, string>> {
  const chinese = language.toLowerCase().startsWith('zh');
  return Object.fromEntries(Object.entries(table).map(([key, text]) => [key, chinese ? text.zh : text.en]));
}

/** `{0}`, `{1}` ... in a text replaced by values. */
export function filled(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

/** What both panels say about runs and steps. */
const runTexts = {
  'status.init': { en: 'Not started', zh: '未开始' },
  'status.wait_inputs': { en: 'Waiting for input', zh: '等待输入' },
  'status.pending': { en: 'Pending', zh: '等待运行' },
  'status.creating': { en: 'Starting', zh: '启动中' },
  'status.created': { en: 'Started', zh: '已启动' },
  'status.create_failed': { en: 'Could not start', zh: '启动失败' },
  'status.running': { en: 'Running', zh: '运行中' },
  'status.stopping': { en: 'Stopping', zh: '停止中' },
  'status.stopped': { en: 'Stopped', zh: '已停止' },
  'status.timeout': { en: 'Timed out', zh: '超时' },
  'status.completed': { en: 'Completed', zh: '运行成功' },
  'status.failed': { en: 'Failed', zh: '运行失败' },
  'status.hold': { en: 'Waiting for you', zh: '等待操作' },
  'status.held': { en: 'Held by the debugger', zh: '被调试器暂停' },
  'status.skipped': { en: 'Skipped', zh: '已跳过' },
  'run.init': { en: 'Not started', zh: '未开始' },
  'run.running': { en: 'Running', zh: '运行中' },
  'run.completed': { en: 'Completed', zh: '运行成功' },
  'run.stopped': { en: 'Stopped', zh: '已停止' },
  'run.abnormal': { en: 'Failed', zh: '运行失败' },
  'skipped.condition': { en: 'its skip condition held', zh: '满足跳过条件' },
  'skipped.branch': { en: 'its branch was not taken', zh: '所在分支未被选中' },
  'skipped.dependencies': { en: 'a step that it needs did not run', zh: '依赖的步骤未运行' },
} as const satisfies TextTable;

export const graphTexts = {
  ...runTexts,
  'type.create_dataset': { en: 'Create dataset', zh: '创建数据集' },
  'type.labeling': { en: 'Labeling', zh: '数据标注' },
  'type.dataset_import': { en: 'Dataset import', zh: '数据集导入' },
  'type.release_dataset': { en: 'Dataset release', zh: '数据集版本发布' },
  'type.job': { en: 'Training job', zh: '训练作业' },
  'type.mrs_job': { en: 'MRS job', zh: 'MRS 作业' },
  'type.model': { en: 'Model registration', zh: '模型注册' },
  'type.service': { en: 'Service', zh: '服务部署' },
  'type.condition': { en: 'Condition', zh: '条件' },
  'graph.label': { en: 'Graph of {0}, {1} steps', zh: '{0} 的流程图，{1} 个步骤' },
  'graph.empty': { en: 'This workflow has no steps yet', zh: '该工作流还没有步骤' },
  'graph.absent': { en: 'Not part of this run', zh: '不在本次运行中' },
  'graph.reused': { en: 'Reused', zh: '已复用' },
  'graph.reusedFrom': { en: 'taken over from run {0}', zh: '取自运行 {0}' },
  'graph.attempt': { en: 'attempt {0}', zh: '第 {0} 次尝试' },
  'graph.errors': { en: '{0} errors', zh: '{0} 个错误' },
  'graph.warnings': { en: '{0} warnings', zh: '{0} 个警告' },
  'graph.after': { en: 'After {0}', zh: '在 {0} 之后' },
  'graph.before': { en: 'Before {0}', zh: '在 {0} 之前' },
  'graph.summary': { en: '{0} of {1} steps ended', zh: '{1} 个步骤中已结束 {0} 个' },
  'graph.changed': { en: '{0}: {1}', zh: '{0}：{1}' },
  'branch.then': { en: 'then', zh: '是' },
  'branch.else': { en: 'else', zh: '否' },
  'edge.data': { en: 'Data', zh: '数据' },
  'edge.depends': { en: 'Order only', zh: '仅依赖' },
  'edge.branch': { en: 'Branch', zh: '分支' },
  'action.run': { en: 'Run', zh: '运行' },
  'action.stop': { en: 'Stop', zh: '停止' },
  'action.runFrom': { en: 'Run from here', zh: '从此步骤运行' },
  'action.open': { en: 'Open in the text', zh: '在文本中打开' },
  'action.openLog': { en: 'Open log', zh: '打开日志' },
  'action.openMetrics': { en: 'Show metrics', zh: '显示指标' },
  'action.search': { en: 'Find a step', zh: '查找步骤' },
  'action.next': { en: 'Next match', zh: '下一个' },
  'action.previous': { en: 'Previous match', zh: '上一个' },
  'action.close': { en: 'Close', zh: '关闭' },
  'action.fit': { en: 'Fit the whole graph', zh: '适应窗口' },
  'action.zoomIn': { en: 'Zoom in', zh: '放大' },
  'action.zoomOut': { en: 'Zoom out', zh: '缩小' },
  'action.right': { en: 'Flow left to right', zh: '从左到右排列' },
  'action.down': { en: 'Flow top to bottom', zh: '从上到下排列' },
  'action.arrange': { en: 'Arrange anew', zh: '重新排列' },
  'action.export': { en: 'Export as SVG', zh: '导出 SVG' },
  'action.legend': { en: 'Legend', zh: '图例' },
  'action.minimap': { en: 'Minimap', zh: '缩略图' },
  'search.placeholder': { en: 'Find by name, type or status', zh: '按名称、类型或状态查找' },
  'search.none': { en: 'No results', zh: '无结果' },
  'search.count': { en: '{0} of {1}', zh: '第 {0} 个，共 {1} 个' },
  'legend.keys': {
    en: 'Arrows: along the edges · Enter: open in the text · L: log · R: run from here · /: find · + − 0: zoom · Shift+arrows: move',
    zh: '方向键：沿连线移动 · Enter：在文本中打开 · L：日志 · R：从此步骤运行 · /：查找 · + − 0：缩放 · Shift+方向键：平移',
  },
} as const satisfies TextTable;

export const logTexts = {
  ...runTexts,
  'log.label': { en: 'Log of {0}', zh: '{0} 的日志' },
  'log.steps': { en: 'Steps', zh: '步骤' },
  'log.noRun': {
    en: 'No run to show. Start one from the editor title or the Runs view.',
    zh: '没有可显示的运行。请从编辑器标题栏或运行视图启动。',
  },
  'log.waiting': { en: 'This step has not started yet', zh: '该步骤尚未开始' },
  'log.waitingFor': { en: 'It waits for {0}', zh: '正在等待 {0}' },
  'log.needs': { en: 'It waits for your input: {0}', zh: '等待您输入：{0}' },
  'log.noOutput': { en: 'No output yet', zh: '暂无输出' },
  'log.empty': { en: 'The step ended without output', zh: '该步骤结束，没有输出' },
  'log.skipped': { en: 'Skipped: {0}', zh: '已跳过：{0}' },
  'log.ended': { en: 'Ended with exit code {0} after {1}', zh: '已结束，退出码 {0}，用时 {1}' },
  'log.endedNoCode': { en: '{0} after {1}', zh: '{0}，用时 {1}' },
  'log.signal': { en: 'Ended by signal {0} after {1}', zh: '被信号 {0} 终止，用时 {1}' },
  'log.attempt': { en: 'attempt {0}', zh: '第 {0} 次尝试' },
  'log.connecting': { en: 'Opening the log …', zh: '正在打开日志…' },
  'log.lines': { en: '{0} lines', zh: '{0} 行' },
  'log.follow': { en: 'Follow', zh: '跟随' },
  'log.toEnd': { en: 'To the end', zh: '跳到末尾' },
  'log.newLines': { en: '{0} new lines', zh: '{0} 行新日志' },
  'log.times': { en: 'Show times', zh: '显示时间' },
  'log.save': { en: 'Save the whole log', zh: '保存完整日志' },
  'log.stop': { en: 'Stop the run', zh: '停止运行' },
  'log.search': { en: 'Find', zh: '查找' },
  'log.next': { en: 'Next match', zh: '下一个匹配' },
  'log.previous': { en: 'Previous match', zh: '上一个匹配' },
  'log.close': { en: 'Close', zh: '关闭' },
  'log.case': { en: 'Match case', zh: '区分大小写' },
  'log.regex': { en: 'Use regular expression', zh: '使用正则表达式' },
  'log.noMatches': { en: 'No results', zh: '无结果' },
  'log.matches': { en: '{0} of {1}', zh: '第 {0} 个，共 {1} 个' },
  'log.searching': { en: '{0} so far …', zh: '已找到 {0} 个…' },
  'log.noPattern': { en: 'No valid pattern', zh: '正则表达式无效' },
  'log.openFile': { en: 'Open {0}', zh: '打开 {0}' },
  'log.tooMuch': { en: 'Too much to copy: {0} lines. Save the log instead.', zh: '选择内容过多：{0} 行。请改为保存日志。' },
  'log.copied': { en: '{0} lines copied', zh: '已复制 {0} 行' },
} as const satisfies TextTable;

export const metricsTexts = {
  ...runTexts,
  'metrics.label': { en: 'Metrics of {0}', zh: '{0} 的指标' },
  'metrics.runs': { en: 'Runs', zh: '运行' },
  'metrics.noRun': {
    en: 'No run to show. Start one from the editor title or the Runs view.',
    zh: '没有可显示的运行。请从编辑器标题栏或运行视图启动。',
  },
  'metrics.none': { en: 'No metrics yet', zh: '暂无指标' },
  'metrics.noneHow': {
    en: 'A job shows here what it writes to the files of its metrics output, while it runs.',
    zh: '训练作业写入其 metrics 输出文件的内容会在运行过程中显示在这里。',
  },
  'metrics.noneOfRun': { en: 'This run has ended without metrics', zh: '该运行已结束，没有指标' },
  'metrics.noneOfStep': { en: 'No metrics yet', zh: '暂无指标' },
  'metrics.compare': { en: 'Compare with other runs', zh: '与其他运行对比' },
  'metrics.drop': { en: 'Take {0} out of the comparison', zh: '从对比中移除 {0}' },
  'metrics.openLog': { en: 'Open log', zh: '打开日志' },
  'metrics.asTable': { en: 'Show as table', zh: '以表格显示' },
  'metrics.saveCsv': { en: 'Save as CSV', zh: '另存为 CSV' },
  'metrics.lastRows': { en: 'The last {0} of {1} rows', zh: '共 {1} 行，显示最后 {0} 行' },
  'metrics.lines': { en: '{0}, line chart', zh: '{0}，折线图' },
  'metrics.bars': { en: '{0}, bar chart', zh: '{0}，柱状图' },
  'metrics.keys': {
    en: 'Left and right: along the points. Drag: zoom. Escape: whole',
    zh: '左右键：沿数据点移动。拖动：放大。Esc：还原',
  },
  'metrics.resources': { en: 'Resources', zh: '资源使用' },
  'metrics.unknown': { en: 'Of the type “{0}”, which is not known here', zh: '未知类型“{0}”' },
  'resource.cpu': { en: 'Processor (100 % is one core)', zh: '处理器（100 % 为一个核）' },
  'resource.memory': { en: 'Memory', zh: '内存' },
  'resource.gpu': { en: 'GPU', zh: 'GPU' },
  'resource.gpuMemory': { en: 'GPU memory', zh: 'GPU 显存' },
  'resource.seconds': { en: 'Seconds since the start', zh: '启动后的秒数' },
} as const satisfies TextTable;

export type GraphTextKey = TextKey<typeof graphTexts>;
export type LogTextKey = TextKey<typeof logTexts>;
export type MetricsTextKey = TextKey<typeof metricsTexts>;
