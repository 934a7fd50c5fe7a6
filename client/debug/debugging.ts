// The debugger in VS Code: configurations made whole, the adapter started as a process of its own, the run shown beside the text.
import * as vscode from 'vscode';
import type { GivenValues } from '../../core/config/values-file.ts';
import { activeWorkflow } from '../commands/targets.ts';
import { report } from '../commands/report.ts';
import { debugType } from '../contributions/debug.ts';
import { Cancelled } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { askMissing, scenesOf, untrusted } from '../runs/begin-run.ts';
import { compile, saved } from '../runs/compile.ts';
import { setting } from '../settings.ts';
import { rootOf } from '../workspace-root.ts';

/** What the adapter is given; see debug/launch.ts. */
interface Launch extends vscode.DebugConfiguration {
  readonly file?: string;
  readonly engine?: string;
  readonly scene?: string;
  readonly steps?: readonly string[];
  readonly values?: string | Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function registerDebugger(parts: Parts): vscode.Disposable {
  const { context, log } = parts;
  const adapter = context.asAbsolutePath('dist/debug/main.mjs');
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(debugType, {
      provideDebugConfigurations: () => [launchOf('${file}')],
      // F5 without launch.json comes with nothing in it.
      resolveDebugConfiguration(_folder, given) {
        if (given.type !== undefined) return given;
        const uri = activeWorkflow();
        return uri && launchOf(uri.fsPath);
      },
      async resolveDebugConfigurationWithSubstitutedVariables(_folder, given) {
        try {
          return await wholeConfiguration(parts, given);
        } catch (error) {
          if (!(error instanceof Cancelled)) report(error, log);
          return undefined;
        }
      },
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
      createDebugAdapterDescriptor() {
        const node = setting('weft.engine.nodePath') || process.execPath;
        return new vscode.DebugAdapterExecutable(node, [adapter], { env: { ELECTRON_RUN_AS_NODE: '1' } });
      },
    }),
  );
}

/** Starts a session; resolves when it has begun. */
export async function startDebugging(uri: vscode.Uri, more: Partial<Launch>): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  await vscode.debug.startDebugging(folder, { ...launchOf(uri.fsPath), ...more });
}

function launchOf(file: string): vscode.DebugConfiguration {
  return { type: debugType, request: 'launch', name: vscode.l10n.t('Debug a workflow'), file };
}

/** With the engine of the file started, and what the run lacks asked for. Rejects with Failure, or with Cancelled. */
async function wholeConfiguration(parts: Parts, given: Launch): Promise<vscode.DebugConfiguration> {
  if (!vscode.workspace.isTrusted) throw untrusted();
  if (given.request !== 'launch' || given.file === undefined) return given;
  const uri = await saved(vscode.Uri.file(given.file));
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  // The run and its breakpoints are of the file.
  if (document?.isDirty) await document.save();
  const { engine, scene, steps, values } = given;
  const engineOf = engine === undefined ? {} : { engine };
  const compiled = await compile(parts.server, uri, engineOf);
  const chosen = steps ?? scenesOf(compiled.body).find(({ name }) => name === scene)?.steps;
  const wanted = chosen ? await compile(parts.server, uri, { ...engineOf, steps: chosen }) : compiled;
  const root = await rootOf(uri.fsPath);
  await parts.engines.start(root);
  parts.runs.follow(root);
  const reveal = setting('weft.run.reveal');
  if (reveal === 'graph' || reveal === 'both') await parts.graphs.show(uri, { preserveFocus: true });
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  return {
    ...given,
    ...(typeof values !== 'string' && { values: withAnswers(values, await askMissing(lacking(wanted, values))) }),
    ...(folder !== undefined && { editorFolder: folder }),
  };
}

type Compiled = Awaited<ReturnType<typeof compile>>;
const sections = { parameter: 'parameters', data: 'data', storage: 'storages' } as const;

/** What neither the engine's values file nor the configuration gives. */
function lacking(compiled: Compiled, values: Exclude<Launch['values'], string>): Compiled {
  const missing = compiled.missing.filter(({ kind, name }) => values?.[sections[kind]]?.[name] === undefined);
  return { ...compiled, missing };
}

function withAnswers(values: Exclude<Launch['values'], string>, answers: GivenValues): NonNullable<Launch['values']> {
  const section = (name: 'parameters' | 'data' | 'storages') => ({
    ...values?.[name],
    ...Object.fromEntries(answers[name].map((answer) => [answer.name, answer.value])),
  });
  const { answers: prepared } = values ?? {};
  return {
    parameters: section('parameters'),
    data: section('data'),
    storages: section('storages'),
    ...(prepared && { answers: prepared }),
  };
}
