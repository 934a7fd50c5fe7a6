// Changes of a release as lines for people; the command line and the editor show the same.
import type { Json } from '../config/members.ts';
import type { Localized } from '../text/diagnostic.ts';
import type { Change, ChangeSection, MemberChange } from './changes.ts';

const nouns: Readonly<Record<ChangeSection, Localized>> = {
  workflow: { en: 'workflow', zh: '工作流' },
  storages: { en: 'storage', zh: '存储' },
  parameters: { en: 'parameter', zh: '参数' },
  data: { en: 'data', zh: '数据' },
  data_requirements: { en: 'data', zh: '数据' },
  steps: { en: 'step', zh: '步骤' },
  scenes: { en: 'scene', zh: '场景' },
  sub_graphs: { en: 'sub-graph', zh: '子图' },
};

const marks = { added: '+', removed: '-', changed: '~' } as const;

/** `+ step evaluate`, `~ step train: algorithm.parameters.epochs 3 -> 5` */
export function describeChange({ section, name, kind, members }: Change, language: keyof Localized): string {
  const head = section === 'workflow' ? nouns.workflow[language] : `${nouns[section][language]} ${name}`;
  const list = members.map(describeMember).join('; ');
  return `${marks[kind]} ${head}${list ? `: ${list}` : ''}`;
}

function describeMember({ path, before, after }: MemberChange): string {
  return `${path} ${before === undefined ? '' : `${shown(before)} `}-> ${after === undefined ? '-' : shown(after)}`.trim();
}

function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** 1.5 MB */
export function shownBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
