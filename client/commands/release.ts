// Release the workflow to an engine in the cloud, and run it there: compiled, its local code found, the plan shown, then carried out.
import * as vscode from 'vscode';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { ReleaseError } from '../../remote/release-error.ts';
import { recordRelease } from '../../remote/release-record.ts';
import { carryOut, type Compare, planRelease, type ReleasePlan, startRun, type UploadProgress } from '../../remote/release.ts';
import { pickCloudEngine } from '../cloud/engine-config.ts';
import { releaseText } from '../cloud/release-text.ts';
import { agreeToPlan } from '../cloud/show-plan.ts';
import { Failure } from '../failure.ts';
import type { Parts } from '../parts.ts';
import { type Reported, withProgress } from '../progress.ts';
import { askMissing, type Choose, revealRun, scenesOf, untrusted } from '../runs/begin-run.ts';
import { compile, release as draftOf, saved } from '../runs/compile.ts';
import { rootOf } from '../workspace-root.ts';
import { workflowTarget } from './targets.ts';

/** The id of the workflow in the service. */
export async function release(parts: Parts, argument: unknown): Promise<string> {
  const { uri } = workflowTarget(argument);
  return reported(async () => (await releaseTo(parts, uri, undefined)).workflowId);
}

/** The id of the run. */
export async function releaseAndRun(parts: Parts, argument: unknown): Promise<string> {
  const { uri, scene } = workflowTarget(argument);
  return runInCloud(parts, uri, undefined, () => (scene === undefined ? {} : { scene }));
}

/** `named`: the engine that a run goes to; asked for, where there are several, when absent. */
export function runInCloud(
  parts: Parts,
  uri: vscode.Uri,
  named: ServiceEngineConfig | undefined,
  choose: Choose,
): Promise<string> {
  return reported(async () => {
    const { cloud, workflowId, file, root, request, choice } = await releaseTo(parts, uri, choose, named);
    const { scene, labels } = choice;
    const execution = await startRun(cloud.service, workflowId, {
      ...request,
      ...(scene !== undefined && { scene_name: scene }),
      ...(labels && { labels }),
    });
    const id = execution.execution_id;
    cloud.runs.adopt(workflowId, id);
    parts.runs.follow(root);
    parts.runs.followClouds(root);
    await parts.runs.known(id);
    await revealRun(parts, id, file);
    return id;
  });
}

async function releaseTo(parts: Parts, uri: vscode.Uri, choose: Choose | undefined, named?: ServiceEngineConfig) {
  if (!vscode.workspace.isTrusted) throw untrusted();
  const file = await saved(uri);
  const root = await rootOf(file.fsPath);
  const engine = named ?? (await pickCloudEngine(parts.server, root, vscode.l10n.t('Release to which engine?')));
  const compiled = await compile(parts.server, file, { engine: engine.name });
  const choice = (await choose?.(compiled, root)) ?? {};
  if (choice.options) throw new Failure(vscode.l10n.t('{0} runs whole workflows and scenes, no single steps.', engine.name));
  const steps = scenesOf(compiled.body).find(({ name }) => name === choice.scene)?.steps;
  const wanted = steps ? await compile(parts.server, file, { engine: engine.name, steps }) : compiled;
  const given = choose ? await askMissing(wanted) : undefined;
  const cloud = await parts.clouds.connect(root, engine);
  const { draft, request } = await draftOf(parts.server, file, engine.name, given);
  const compare: Compare = async (before, after) => (await parts.server.compare(before, after)).changes;
  const cancel = new AbortController();
  const { signal } = cancel;
  const plan = await withProgress(vscode.l10n.t('looking at {0}', engine.name), cancel, () =>
    planRelease(cloud.service, draft, { compare, signal }),
  );
  const isNews = plan.changes.length > 0 || plan.uploads.some(({ missing }) => missing.length > 0);
  if (isNews) await agreeToPlan(parts.server, cloud.service, plan, choose !== undefined);
  const result = await withProgress(vscode.l10n.t('releasing {0} to {1}', plan.name, engine.name), cancel, (report) =>
    carryOut(cloud.service, plan, { compare, signal, onProgress: (now) => report(sentOf(now)) }),
  );
  recordRelease(root, {
    engine: engine.name,
    projectId: cloud.service.projectId,
    workflowId: result.workflowId,
    name: plan.name,
    source: file.fsPath,
  });
  if (!choose) tell(plan, result.done, engine.name, file);
  return { ...result, cloud, plan, file, root, choice, request };
}

function tell({ name }: ReleasePlan, done: 'created' | 'updated' | 'unchanged', engine: string, file: vscode.Uri): void {
  const text =
    done === 'created'
      ? vscode.l10n.t('{0} is released to {1}.', name, engine)
      : done === 'updated'
        ? vscode.l10n.t('{0} is changed on {1}.', name, engine)
        : vscode.l10n.t('{0} is released to {1} already, with no changes.', name, engine);
  const run = vscode.l10n.t('Run It There');
  vscode.window.showInformationMessage(text, run).then((picked) => {
    if (picked === run) vscode.commands.executeCommand('weft.releaseAndRun', file);
  });
}

function sentOf({ sentBytes, allBytes, sentFiles, allFiles }: UploadProgress): Reported {
  const percent = allBytes === 0 ? 100 : (sentBytes / allBytes) * 100;
  return { message: vscode.l10n.t('{0} of {1} files', sentFiles, allFiles), percent };
}

async function reported<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    throw new Failure(releaseText(error), [], { cause: error });
  }
}
