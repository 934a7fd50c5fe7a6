// The cloud engines of this window: for each a signed connection and a client of its runs, made when first asked for and again when keys
// or configuration changed.
import * as vscode from 'vscode';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { type CloudClient, cloudClient } from '../../remote/cloud-client.ts';
import { type Credentials, CredentialsError, findCredentials } from '../../remote/credentials.ts';
import { EndpointError } from '../../remote/endpoints.ts';
import { readReleases } from '../../remote/release-record.ts';
import { connectService, type Service } from '../../remote/service.ts';
import { Failure } from '../failure.ts';
import type { LanguageServer } from '../language-client.ts';
import type { CloudKeys } from './keys.ts';

export interface Cloud {
  readonly service: Service;
  /** Of the workflows that were released from this root. */
  readonly runs: CloudClient;
}

export class Clouds implements vscode.Disposable {
  private readonly server: LanguageServer;
  private readonly keys: CloudKeys;
  private readonly log: vscode.LogOutputChannel;
  private readonly open = new Map<string, { readonly made: Promise<Cloud>; readonly engine: string }>();
  private readonly changes = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;
  /** Keys came or went: connections are made anew. */
  readonly onDidChange = this.changes.event;

  constructor(server: LanguageServer, keys: CloudKeys, log: vscode.LogOutputChannel) {
    this.server = server;
    this.keys = keys;
    this.log = log;
    this.listening = keys.onDidChange(() => {
      this.open.clear();
      this.changes.fire();
    });
  }

  dispose(): void {
    this.listening.dispose();
    this.changes.dispose();
  }

  /** Rejects with Failure, whose way out is to sign in where keys are missing; with ReleaseError where the service refuses. */
  connect(root: string, engine: ServiceEngineConfig): Promise<Cloud> {
    const key = `${root}\n${engine.name}`;
    const written = JSON.stringify(engine);
    const known = this.open.get(key);
    if (known?.engine === written) return known.made;
    const made = this.make(root, engine);
    this.open.set(key, { made, engine: written });
    made.catch(() => this.open.delete(key)); // the next call tries again
    return made;
  }

  /** By the name in the configuration. Rejects with Failure where that has no such engine any more. */
  async named(root: string, name: string): Promise<Cloud> {
    const engine = (await this.server.engines(root)).find((each) => each.name === name);
    if (engine) return this.connect(root, engine);
    throw new Failure(vscode.l10n.t('weft.config.yaml of {0} names no engine "{1}" any more.', root, name));
  }

  private async make(root: string, engine: ServiceEngineConfig): Promise<Cloud> {
    const service = await this.service(engine, await this.credentials(root, engine));
    const records = () => readReleases(root).filter((each) => each.engine === engine.name);
    const runs = cloudClient(service, {
      workflows: () => records().map(({ workflowId }) => workflowId),
      source: (id) => records().find(({ workflowId }) => workflowId === id)?.source,
      onTrouble: (error) => this.log.debug(`${engine.name}: ${error.message}; looking again`),
    });
    return { service, runs };
  }

  private async service(engine: ServiceEngineConfig, keys: Credentials): Promise<Service> {
    try {
      return await connectService(engine, keys);
    } catch (error) {
      throw error instanceof EndpointError ? new Failure(error.message) : error;
    }
  }

  private async credentials(root: string, engine: ServiceEngineConfig): Promise<Credentials> {
    try {
      return (await this.keys.get(engine)) ?? findCredentials({ env: process.env, root });
    } catch (error) {
      if (error instanceof EndpointError) throw new Failure(error.message);
      if (!(error instanceof CredentialsError)) throw error;
      throw new Failure(
        vscode.l10n.t('Sign in to {0} first: there are no access keys for it.', engine.name),
        [
          {
            title: vscode.l10n.t('Sign In'),
            take: () => vscode.commands.executeCommand('weft.signIn', { root, engine: engine.name }),
          },
        ],
        { cause: error },
      );
    }
  }
}
