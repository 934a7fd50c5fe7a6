// From a workflow document to a run: compiled, asked for what is missing, kept in the engine under its name, begun, and shown.
// The client side of language.md part 6: what the user answers wins over the engine's values file, that over the defaults.
import * as vscode from 'vscode';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { type RunChoice, runRequest } from '../../core/config/run-request.ts';
import { type GivenValues, mergeValues } from '../../core/config/values-file.ts';
import type { LocalEngine } from '../../remote/local.ts';
import { RemoteError } from '../../remote/errors.ts';
import { saveWorkflow } from '../../remote/save-workflow.ts';
import { Failure } from '../failure.ts';
import { type Answer, askValues, choicesOf } from '../forms/ask-values.ts';
import type { Parts } from '../parts.ts';
import { setting } from '../settings.ts';
import { rootOf } from '../workspace-root.ts';
import { type Compiled, compile, saved } from './compile.ts';

/** Names of the choice are known only once the document is compiled. */
export type Choose = (compiled: Compiled, root: string) => RunChoice | Promise<RunChoice>;

/** Runs where the default engine is in the cloud. */
export type RunInCloud = (parts: Parts, uri: vscode.Uri, engine: ServiceEngineConfig, choose: Choose) => Promise<string>;

/** Resolves with the id of the new run. Rejects with Failure, or with Cancelled when the user leaves a question. */
export async function beginRun(parts: Parts, uri: vscode.Uri, inCloud: RunInCloud, choose: Choose = () => ({})): Promise<string> {
  if (!vscode.workspace.isTrusted) throw untrusted();
  const file = await saved(uri);
  const compiled = await compile(parts.server, file);
  if (compiled.engine?.kind === 'modelarts') return inCloud(parts, file, compiled.engine, choose);
  const root = await rootOf(file.fsPath);
  const choice = await choose(compiled, root);
  const answers = await askMissing(
    choice.scene === undefined ? compiled : await compile(parts.server, file, { steps: stepsOf(compiled, choice.scene) }),
  );
  const engine = await parts.engines.start(root);
  parts.runs.follow(root);
  const run = await create(parts, engine, compiled, runRequest(mergeValues(answers, compiled.values), choice));
  await revealRun(parts, run, file);
  return run;
}

export function untrusted(): Failure {
  return new Failure(vscode.l10n.t('Workflows run code, so they run only in a trusted workspace.'), [
    { title: vscode.l10n.t('Manage Trust'), take: () => vscode.commands.executeCommand('workbench.trust.manage') },
  ]);
}

export async function askMissing({ missing, body }: Compiled): Promise<GivenValues> {
  const questions = missing.map(({ enum: choices, ...rest }) => ({ ...rest, ...(choices && { choices: choicesOf(choices) }) }));
  const answers = await askValues(vscode.l10n.t('Run {0}', String(body['name'])), questions);
  const of = (kind: Answer['kind']) => answers.filter((answer) => answer.kind === kind);
  return { parameters: of('parameter'), data: of('data'), storages: of('storage'), answers: [] };
}

async function create(
  parts: Parts,
  { client }: LocalEngine,
  { body }: Compiled,
  request: ReturnType<typeof runRequest>,
): Promise<string> {
  try {
    const workflow = await saveWorkflow(client, body);
    const path = { workflow_id: workflow.workflow_id };
    return (await client.call('CreateWorkflowExecution', { path, body: request })).execution_id;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const active = parts.runs.active.find((run) => run.state.workflowName === body['name']);
    throw new Failure(
      vscode.l10n.t('The run did not start: {0}', error.message),
      active && error.code === busy
        ? [
            { title: vscode.l10n.t('Show Run'), take: () => parts.graphs.showRun(active) },
            { title: vscode.l10n.t('Stop That Run'), take: () => vscode.commands.executeCommand('weft.stop', active.state.id) },
          ]
        : [{ title: vscode.l10n.t('Show Output'), take: () => parts.log.show() }],
      { cause: error },
    );
  }
}

/** The engine's code for a workflow that runs already. */
const busy = 'ModelArts.7530';

/** Undefined for a scene that the workflow does not have, which the engine says. */
function stepsOf({ body }: Compiled, scene: string): readonly string[] | undefined {
  return scenesOf(body).find(({ name }) => name === scene)?.steps;
}

export function scenesOf(body: Compiled['body']): readonly { readonly name: string; readonly steps: readonly string[] }[] {
  type Policy = { readonly scenes?: readonly { readonly name: string; readonly steps: readonly string[] }[] };
  return (body['policy'] as Policy | undefined)?.scenes ?? [];
}

export async function revealRun(parts: Parts, run: string, file: vscode.Uri): Promise<void> {
  const reveal = setting('weft.run.reveal');
  if (reveal === 'graph' || reveal === 'both') await parts.graphs.show(file, { run, preserveFocus: true });
  if (reveal === 'log' || reveal === 'both') await parts.logs.showRun(run, undefined, true);
}
