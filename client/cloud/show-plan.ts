// The plan of a release, shown before anything is written: in the question itself, and as a comparison of the released version with the
// new one where the user wants to see all of it.
import * as vscode from 'vscode';
import { describeChange, shownBytes } from '../../core/release/describe-changes.ts';
import type { ReleasePlan } from '../../remote/release.ts';
import type { Service } from '../../remote/service.ts';
import { Cancelled } from '../failure.ts';
import type { LanguageServer } from '../language-client.ts';
import { windowLanguage } from './release-text.ts';

const scheme = 'weft-release';
const mostChanges = 14;
const mostUploads = 6;

/** Resolves when the user agrees. Rejects with Cancelled otherwise. */
export async function agreeToPlan(server: LanguageServer, service: Service, plan: ReleasePlan, willRun: boolean): Promise<void> {
  const detail = planText(service, plan);
  const isUpdate = plan.released !== undefined;
  const title = isUpdate
    ? vscode.l10n.t('Change "{0}" on {1}?', plan.name, service.engine.name)
    : vscode.l10n.t('Release "{0}" to {1}?', plan.name, service.engine.name);
  const go = isUpdate ? vscode.l10n.t('Change') : vscode.l10n.t('Release');
  const goAndRun = isUpdate ? vscode.l10n.t('Change and Run') : vscode.l10n.t('Release and Run');
  const yes: vscode.MessageItem = { title: willRun ? goAndRun : go };
  const compare: vscode.MessageItem = { title: vscode.l10n.t('Compare') };
  const answer = await vscode.window.showInformationMessage(title, { modal: true, detail }, yes, compare);
  if (answer === yes) return;
  if (answer !== compare) throw new Cancelled();
  await showComparison(server, plan);
  // Stays while the comparison is read.
  const again = await vscode.window.showQuickPick([yes.title, vscode.l10n.t('Leave It as It Is')], {
    title,
    ignoreFocusOut: true,
  });
  if (again !== yes.title) throw new Cancelled();
}

function planText(service: Service, plan: ReleasePlan): string {
  const { engine, endpoints, account, projectId, workspaceId } = service;
  const { released, changes, uploads } = plan;
  const lines = [
    vscode.l10n.t('Account: {0}', account),
    vscode.l10n.t('Region: {0} ({1})', engine.region ?? '-', endpoints.service),
    vscode.l10n.t('Project: {0}, workspace: {1}', projectId, workspaceId),
    released
      ? vscode.l10n.t('Released as {0}, changed {1}', released.id, timeText(released.lastModifiedAt))
      : vscode.l10n.t('Not released yet'),
    '',
    changes.length === 0 ? vscode.l10n.t('No changes') : vscode.l10n.t('Changes:'),
    ...changes.slice(0, mostChanges).map((change) => describeChange(change, windowLanguage())),
    ...more(changes.length - mostChanges),
  ];
  if (uploads.length > 0) lines.push('', vscode.l10n.t('Uploads:'));
  for (const { upload, missing, bytes } of uploads.slice(0, mostUploads)) {
    const { written, to, files, leftOut } = upload;
    lines.push(
      missing.length === 0
        ? vscode.l10n.t('{0} → {1}: {2} files, there already', written, to, files.length)
        : vscode.l10n.t('{0} → {1}: {2} of {3} files, {4}', written, to, missing.length, files.length, shownBytes(bytes)),
    );
    if (leftOut.length > 0) lines.push(vscode.l10n.t('Stays here: {0}', leftOut.join(', ')));
  }
  lines.push(...more(uploads.length - mostUploads));
  return lines.join('\n');
}

function more(count: number): readonly string[] {
  return count > 0 ? [vscode.l10n.t('… and {0} more', count)] : [];
}

function timeText(at: string | undefined): string {
  return at === undefined ? '-' : new Date(at).toLocaleString(vscode.env.language);
}

// ---- comparison

/** The released version and the new one, as workflow files. */
async function showComparison(server: LanguageServer, { name, released, body }: ReleasePlan): Promise<void> {
  const { before, after } = await server.compare(released?.body ?? {}, body);
  const texts = new Map([
    ['released', released ? before : ''],
    ['new', after],
  ]);
  const uri = (side: string) => vscode.Uri.from({ scheme, path: `/${name}.yaml`, query: side });
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ query }) => texts.get(query) ?? '',
  });
  try {
    const title = vscode.l10n.t('{0}: released ↔ new', name);
    await vscode.commands.executeCommand('vscode.diff', uri('released'), uri('new'), title, { preview: true });
  } finally {
    provider.dispose();
  }
}
