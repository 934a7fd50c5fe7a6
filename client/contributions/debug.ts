// What package.json says of the debugger: its type, what a launch configuration may have, and where breakpoints can be set.
import { languageId } from '../../core/protocol/lsp.ts';
import type { Localized } from '../../core/text/diagnostic.ts';
import type { NlsTable } from './text.ts';

export const debugType = 'weft';

interface Attribute {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly text: Localized;
}

const file: Attribute = {
  name: 'file',
  schema: { type: 'string', default: '${file}' },
  text: { en: 'The workflow file.', zh: '工作流文件。' },
};

const launch: readonly Attribute[] = [
  file,
  {
    name: 'engine',
    schema: { type: 'string' },
    text: {
      en: 'A local engine of weft.config.yaml; its default engine when absent.',
      zh: 'weft.config.yaml 中的本地引擎，缺省为其默认引擎。',
    },
  },
  {
    name: 'values',
    schema: {
      oneOf: [
        { type: 'string' },
        {
          type: 'object',
          properties: Object.fromEntries(['parameters', 'data', 'storages', 'answers'].map((name) => [name, { type: 'object' }])),
          additionalProperties: false,
        },
      ],
    },
    text: {
      en: 'A values file, or what one holds: `parameters`, `data`, `storages` and `answers` by their names. What is still missing is asked for.',
      zh: '取值文件，或直接写其内容：按名称给出 `parameters`、`data`、`storages` 与 `answers`。缺少的值会询问。',
    },
  },
  {
    name: 'scene',
    schema: { type: 'string' },
    text: { en: 'Only the steps of this scene run.', zh: '只运行该场景的步骤。' },
  },
  {
    name: 'steps',
    schema: { type: 'array', items: { type: 'string' } },
    text: { en: 'Only these steps run.', zh: '只运行这些步骤。' },
  },
  {
    name: 'stopOnEntry',
    schema: { type: 'boolean', default: false },
    text: { en: 'Hold the run before its first step.', zh: '在第一个步骤之前暂停。' },
  },
];

const attach: readonly Attribute[] = [
  {
    name: 'run',
    schema: { type: 'string', default: 'execution-001' },
    text: { en: 'Name or id of a run that goes on.', zh: '正在进行的运行的名称或 ID。' },
  },
  {
    ...file,
    text: {
      en: 'A workflow file or folder of the workspace that the run belongs to.',
      zh: '运行所属工作区中的工作流文件或文件夹。',
    },
  },
];

/** For `contributes`. */
export function debugContributions(nls: NlsTable): Readonly<Record<string, unknown>> {
  const attributes = (request: string, rows: readonly Attribute[], required: string) => ({
    required: [required],
    properties: Object.fromEntries(
      rows.map(({ name, schema, text }) => [name, { ...schema, markdownDescription: nls.key(`debug.${request}.${name}`, text) }]),
    ),
  });
  const named = nls.key('debug.configuration', { en: 'Debug a workflow', zh: '调试工作流' });
  const configuration = { type: debugType, request: 'launch', name: named, file: '${file}' };
  return {
    breakpoints: [{ language: languageId }],
    debuggers: [
      {
        type: debugType,
        label: nls.key('debug', { en: 'ModelArts Workflow', zh: 'ModelArts 工作流' }),
        languages: [languageId],
        configurationAttributes: { launch: attributes('launch', launch, 'file'), attach: attributes('attach', attach, 'run') },
        initialConfigurations: [configuration],
        configurationSnippets: [
          {
            label: nls.key('debug.snippet.launch', { en: 'Weft: debug a workflow', zh: 'Weft：调试工作流' }),
            description: nls.key('debug.snippet.launch.text', {
              en: 'Runs a workflow on this machine and holds it at breakpoints.',
              zh: '在本机运行工作流，并在断点处暂停。',
            }),
            body: { ...configuration, file: '^"\\${file}"' },
          },
          {
            label: nls.key('debug.snippet.attach', { en: 'Weft: attach to a run', zh: 'Weft：附加到运行' }),
            description: nls.key('debug.snippet.attach.text', {
              en: 'Holds a run that goes on already.',
              zh: '暂停已在进行的运行。',
            }),
            body: { type: debugType, request: 'attach', name: named, run: '${1:execution-001}' },
          },
        ],
      },
    ],
  };
}
