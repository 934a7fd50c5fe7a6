// What can be typed in `weft debug`: each verb once, with its short form, for reading a line and for the help.
import type { Localized } from '../../core/text/diagnostic.ts';

export interface Verb {
  readonly name: string;
  readonly short?: string;
  /** How it is written. */
  readonly usage: string;
  readonly text: Localized;
  /** Also while the run goes on; the others wait until it stops. */
  readonly atOnce?: true;
}

export const verbs = [
  {
    name: 'continue',
    short: 'c',
    usage: 'continue',
    text: { en: 'go on until the next breakpoint', zh: '继续，直到下一个断点' },
  },
  {
    name: 'next',
    short: 'n',
    usage: 'next',
    text: { en: 'run the held step, and hold what comes next', zh: '运行当前步骤，并在下一个步骤之前暂停' },
  },
  {
    name: 'break',
    short: 'b',
    usage: 'break [STEP|LINE [if CONDITION]]',
    text: { en: 'set a breakpoint; without a step list them', zh: '设置断点；不给步骤时列出断点' },
  },
  {
    name: 'delete',
    usage: 'delete [NUMBER]',
    text: { en: 'remove a breakpoint, or all', zh: '删除一个或全部断点' },
  },
  {
    name: 'print',
    short: 'p',
    usage: 'print EXPRESSION',
    text: { en: 'parameters.epochs, steps.train.outputs.metrics.accuracy > 0.9', zh: '显示表达式的值' },
  },
  {
    name: 'set',
    usage: 'set NAME = VALUE',
    text: { en: 'change a parameter or data for the steps that start from now on', zh: '更改参数或数据，对此后启动的步骤生效' },
  },
  {
    name: 'variables',
    short: 'v',
    usage: 'variables [STEP]',
    text: { en: 'what the step reads and has written; the held one', zh: '步骤读取和写出的内容；缺省为当前步骤' },
  },
  {
    name: 'where',
    short: 'w',
    usage: 'where',
    text: { en: 'steps that are held, that run, and that have ended', zh: '暂停、运行中和已结束的步骤' },
  },
  {
    name: 'list',
    short: 'l',
    usage: 'list [STEP]',
    text: { en: 'the lines of the step', zh: '显示步骤的代码行' },
  },
  {
    name: 'rerun',
    usage: 'rerun STEP',
    text: { en: 'take back a step that has ended, and what follows from it', zh: '重新运行已结束的步骤及其后续步骤' },
  },
  { name: 'restart', usage: 'restart', text: { en: 'end the run and begin the file anew', zh: '结束运行并重新开始' } },
  { name: 'pause', usage: 'pause', atOnce: true, text: { en: 'hold what would start next', zh: '在下一个步骤启动之前暂停' } },
  {
    name: 'detach',
    usage: 'detach',
    atOnce: true,
    text: { en: 'leave, and let the run go on', zh: '离开调试器，运行继续' },
  },
  {
    name: 'leave',
    usage: 'leave',
    atOnce: true,
    text: {
      en: 'leave, and let the run stay held: weft debug --attach RUN',
      zh: '离开调试器，运行保持暂停：weft debug --attach RUN',
    },
  },
  { name: 'quit', short: 'q', usage: 'quit', atOnce: true, text: { en: 'stop the run and leave', zh: '停止运行并离开' } },
  { name: 'help', short: 'h', usage: 'help', atOnce: true, text: { en: 'this list', zh: '显示此列表' } },
] as const satisfies readonly Verb[];

export type VerbName = (typeof verbs)[number]['name'];

export interface Typed {
  /** Undefined for a line that is an expression. */
  readonly verb: VerbName | undefined;
  readonly rest: string;
  readonly atOnce: boolean;
}

/** A verb by its name, its short form or an unmistakable begin of its name. */
export function readLine(line: string): Typed {
  const [, word = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s+(.*?))?\s*$/s.exec(line) ?? [];
  const all: readonly Verb[] = verbs;
  const begun = word.length < 2 ? [] : all.filter(({ name }) => name.startsWith(word));
  // `set = 3` and `data = ...` are expressions of somebody's names.
  const verb = rest.startsWith('=')
    ? undefined
    : (all.find(({ name, short }) => name === word || short === word) ?? (begun.length === 1 ? begun[0] : undefined));
  if (!verb) return { verb: undefined, rest: line.trim(), atOnce: false };
  return { verb: verb.name as VerbName, rest, atOnce: verb.atOnce === true };
}
