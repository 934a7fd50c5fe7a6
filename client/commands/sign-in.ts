// Access keys for an engine in the cloud: typed in, or taken from the credentials.csv of the console; tried at the service, then kept in
// VS Code's secret storage. And out again.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { RemoteError } from '../../remote/client.ts';
import { type Credentials, CredentialsError, credentials, parseCredentials } from '../../remote/credentials.ts';
import { ReleaseError } from '../../remote/release-error.ts';
import { connectService } from '../../remote/service.ts';
import { pickCloudEngine } from '../cloud/engine-config.ts';
import { releaseText } from '../cloud/release-text.ts';
import { Cancelled, Failure } from '../failure.ts';
import type { LanguageServer } from '../language-client.ts';
import type { Parts } from '../parts.ts';
import { withProgress } from '../progress.ts';
import { rootOf } from '../workspace-root.ts';
import { activeWorkflow } from './targets.ts';

/** `argument`: `{ root, engine }` where a message names the engine. */
export async function signIn(parts: Parts, argument: unknown): Promise<void> {
  const engine = await engineOf(parts.server, argument);
  const keys = await askKeys(engine.name);
  const cancel = new AbortController();
  await withProgress(vscode.l10n.t('trying the keys for {0}', engine.name), cancel, () => tryKeys(engine, keys, cancel.signal));
  await parts.keys.set(engine, keys);
  vscode.window.showInformationMessage(
    vscode.l10n.t('Signed in to {0}. The keys are in the secret storage of VS Code.', engine.name),
  );
}

export async function signOut(parts: Parts): Promise<void> {
  const signedIn = parts.keys.signedIn;
  if (signedIn.length === 0) throw new Failure(vscode.l10n.t('No keys are kept here.'));
  const items = signedIn.map(({ label, scope }) => ({ label, scope }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Forget which keys?') });
  if (!picked) throw new Cancelled();
  await parts.keys.delete(picked.scope);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Signed out'), 3_000);
}

async function engineOf(server: LanguageServer, argument: unknown): Promise<ServiceEngineConfig> {
  const named = typeof argument === 'object' && argument !== null && 'engine' in argument && 'root' in argument;
  if (named) {
    const engine = (await server.engines(String(argument.root))).find(({ name }) => name === argument.engine);
    if (engine) return engine;
  }
  const file = activeWorkflow();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const from = file?.scheme === 'file' ? file.fsPath : folder && join(folder.fsPath, '_');
  if (from === undefined) throw new Failure(vscode.l10n.t('Open a folder with workflows first.'));
  return pickCloudEngine(server, await rootOf(from), vscode.l10n.t('Sign in to which engine?'));
}

async function askKeys(engine: string): Promise<Credentials> {
  const title = vscode.l10n.t('Sign in to {0}', engine);
  const file = { label: vscode.l10n.t('Import credentials.csv'), description: vscode.l10n.t('as the console hands it out') };
  const typed = { label: vscode.l10n.t('Enter an Access Key') };
  const way = await vscode.window.showQuickPick([file, typed], { title, ignoreFocusOut: true });
  if (!way) throw new Cancelled();
  return way === file ? readKeyFile() : typeKeys(title);
}

async function readKeyFile(): Promise<Credentials> {
  const [file] = (await vscode.window.showOpenDialog({ filters: { CSV: ['csv'] } })) ?? [];
  if (!file) throw new Cancelled();
  try {
    return parseCredentials(await readFile(file.fsPath, 'utf8'), file.fsPath);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    throw new Failure(vscode.l10n.t('These are no keys: {0}', error.message));
  }
}

async function typeKeys(title: string): Promise<Credentials> {
  const given = (text: string) => (text.trim() === '' ? vscode.l10n.t('A value is expected.') : undefined);
  const ask = async (prompt: string, password: boolean) => {
    const text = await vscode.window.showInputBox({ title, prompt, password, ignoreFocusOut: true, validateInput: given });
    if (text === undefined) throw new Cancelled();
    return text.trim();
  };
  const accessKey = await ask(vscode.l10n.t('Access Key Id'), false);
  const secretKey = await ask(vscode.l10n.t('Secret Access Key'), true);
  return credentials({ accessKey, secretKey }, 'VS Code');
}

/** Rejects with Failure where the service does not take them: then they are not kept. */
async function tryKeys(engine: ServiceEngineConfig, keys: Credentials, signal: AbortSignal): Promise<void> {
  try {
    const { client } = await connectService(engine, keys, { signal });
    await client.call('ListWorkflows', { query: { limit: 1, offset: 0 }, signal });
  } catch (error) {
    if (error instanceof ReleaseError) throw new Failure(releaseText(error));
    if (!(error instanceof RemoteError)) throw error;
    throw new Failure(vscode.l10n.t('The keys are not kept: {0}', error.message));
  }
}
