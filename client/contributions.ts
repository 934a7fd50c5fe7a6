// What package.json says about the extension, as one typed table: `npm run generate` writes `contributes`, `activationEvents`,
// `capabilities` and the package.nls files from it. Imports nothing of VS Code, so that the generator can run it.
import type { Localized } from '../core/text/diagnostic.ts';
import { languageId } from '../core/protocol/lsp.ts';
import { workflowFiles } from '../core/protocol/workflow-file.ts';
import { type CommandId, type CommandRow, commands, inWorkflow } from './contributions/commands.ts';
import { debugContributions, debugType } from './contributions/debug.ts';
import { type MenuRow, menus } from './contributions/menus.ts';
import { type SettingRow, settings } from './contributions/settings.ts';
import { NlsTable } from './contributions/text.ts';
import { type ViewRow, views, welcomes } from './contributions/views.ts';
import { tour } from './contributions/walkthrough.ts';

export interface Manifest {
  /** Members of package.json to replace. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Contents of package.nls.json and package.nls.zh-cn.json. */
  readonly nls: { readonly en: Readonly<Record<string, string>>; readonly zh: Readonly<Record<string, string>> };
}

export const panelTypes = { graph: 'weft.graph', log: 'weft.logPanel', metrics: 'weft.metrics' } as const;

export function manifest(): Manifest {
  const nls = new NlsTable();
  const members = {
    displayName: nls.key('displayName', { en: 'Weft: ModelArts workflows', zh: 'Weft：ModelArts 工作流' }),
    description: nls.key('description', {
      en: 'Author, check, draw, run and follow Huawei ModelArts workflows, on your machine or in the cloud.',
      zh: '编写、检查、查看、运行并跟踪华为 ModelArts 工作流，可在本机或云上运行。',
    }),
    icon: 'resources/icon.png',
    l10n: './l10n',
    // Views, commands and the language activate by themselves.
    activationEvents: [
      `workspaceContains:${workflowFiles}`,
      ...Object.values(panelTypes).map((type) => `onWebviewPanel:${type}`),
      `onDebugResolve:${debugType}`,
    ],
    capabilities: {
      untrustedWorkspaces: {
        supported: 'limited',
        description: nls.key('untrusted', {
          en: 'Checks, completion and the graph work everywhere. Workflows run code, so they run only in a trusted workspace.',
          zh: '检查、补全和流程图始终可用。运行工作流会执行代码，因此仅在受信任的工作区中可用。',
        }),
        restrictedConfigurations: ['weft.engine.nodePath'],
      },
      virtualWorkspaces: {
        supported: 'limited',
        description: nls.key('virtual', {
          en: 'Workflows run on files of this machine, so they cannot run in a virtual workspace.',
          zh: '工作流需要本机文件，因此无法在虚拟工作区中运行。',
        }),
      },
    },
    contributes: contributes(nls),
  };
  return { members, nls };
}

export function contributes(nls = new NlsTable()): Record<string, unknown> {
  return {
    languages: [
      {
        id: languageId,
        aliases: [nls.key('language', { en: 'ModelArts Workflow', zh: 'ModelArts 工作流' })],
        extensions: ['.workflow.yaml', '.workflow.yml'],
        configuration: './syntaxes/language-configuration.json',
        icon: { light: './resources/file-light.svg', dark: './resources/file-dark.svg' },
      },
    ],
    grammars: [
      { language: languageId, scopeName: 'source.modelarts-workflow', path: './syntaxes/modelarts-workflow.tmLanguage.json' },
    ],
    // Added to the package by scripts/package.ts.
    typescriptServerPlugins: [{ name: 'weft-typescript', enableForWorkspaceTypeScriptVersions: true }],
    ...debugContributions(nls),
    commands: rows<CommandId, CommandRow>(commands, (id, row) => ({
      command: id,
      category: 'Weft',
      title: nls.key(`command.${id.slice(5)}`, row.title),
      ...(row.short && { shortTitle: nls.key(`command.${id.slice(5)}.short`, row.short) }),
      ...(row.icon && { icon: row.icon }),
    })),
    menus: {
      ...menus,
      commandPalette: rows<CommandId, CommandRow>(commands, (id, row) =>
        row.palette === undefined ? undefined : { command: id, when: row.palette === false ? 'false' : row.palette },
      ),
    } satisfies Record<string, readonly (MenuRow | object)[]>,
    viewsContainers: {
      activitybar: [{ id: 'weft', title: 'Weft', icon: 'resources/weft.svg' }],
      panel: [{ id: 'weft-panel', title: nls.key('panel', views['weft.log'].name), icon: 'resources/weft.svg' }],
    },
    views: { weft: viewsIn('weft', nls), 'weft-panel': viewsIn('weft-panel', nls) },
    viewsWelcome: welcomes.map((row, index) => ({
      view: row.view,
      contents: nls.key(`welcome.${index}`, row.text),
      ...(row.when && { when: row.when }),
    })),
    configuration: { title: 'Weft', properties: configuration(nls) },
    configurationDefaults: {
      'files.watcherExclude': { '**/.weft/**': true },
      'search.exclude': { '**/.weft': true },
      [`[${languageId}]`]: {
        'editor.insertSpaces': true,
        'editor.tabSize': 2,
        'editor.detectIndentation': false,
        'editor.quickSuggestions': { other: 'on', comments: 'off', strings: 'on' },
        'editor.semanticHighlighting.enabled': true,
      },
    },
    keybindings: [
      { command: 'weft.run' satisfies CommandId, key: 'ctrl+f5', mac: 'cmd+f5', when: inWorkflow },
      {
        command: 'weft.showGraph' satisfies CommandId,
        key: 'ctrl+k v',
        mac: 'cmd+k v',
        when: inWorkflow,
      },
    ],
    walkthroughs: [
      {
        id: tour.id,
        title: nls.key('tour', tour.title),
        description: nls.key('tour.text', tour.text),
        icon: 'resources/icon.png',
        steps: tour.steps.map((step) => ({
          id: step.id,
          title: nls.key(`tour.${step.id}`, step.title),
          description: nls.key(`tour.${step.id}.text`, step.text),
          media: { svg: `resources/walkthrough/${step.picture}`, altText: nls.key(`tour.${step.id}.alt`, step.alt) },
          completionEvents: step.done,
        })),
      },
    ],
  };
}

function viewsIn(container: ViewRow['container'], nls: NlsTable): readonly object[] {
  return rows<string, ViewRow>(views, (id, row) =>
    row.container !== container
      ? undefined
      : {
          id,
          name: nls.key(`view.${id.slice(5)}`, row.name),
          ...(row.webview && { type: 'webview' }),
          ...(row.size && { initialSize: row.size }),
          ...(row.when && { when: row.when }),
          icon: row.icon ?? 'resources/weft.svg',
        },
  );
}

function configuration(nls: NlsTable): object {
  const text = (key: string, value: Localized) => nls.key(`setting.${key}`, value);
  return Object.fromEntries(
    rows<string, SettingRow, [string, object]>(settings, (id, row) => [
      id,
      {
        type: row.type,
        default: row.default,
        description: text(id.slice(5), row.text),
        ...(row.minimum !== undefined && { minimum: row.minimum }),
        ...(row.scope && { scope: row.scope }),
        ...(row.enum && {
          enum: row.enum.map((member) => member.value),
          enumDescriptions: row.enum.map((member) => text(`${id.slice(5)}.${member.value}`, member.text)),
        }),
      },
    ]),
  );
}

/** One result per row that has one, in the table's order. */
function rows<Id extends string, Row, Result = object>(
  table: Readonly<Record<Id, Row>>,
  toResult: (id: Id, row: Row) => Result | undefined,
): Result[] {
  return (Object.entries(table) as [Id, Row][])
    .map(([id, row]) => toResult(id, row))
    .filter((result): result is NonNullable<typeof result> => result !== undefined) as Result[];
}
