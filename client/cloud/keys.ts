// Access keys that the user gave to this VS Code: in its secret storage, one pair for each project, and nowhere else. What is remembered
// beside them says only for what there are keys.
import type * as vscode from 'vscode';
import type { ServiceEngineConfig } from '../../core/config/config.ts';
import { type Credentials, credentials, type KeyValues, shownKey } from '../../remote/credentials.ts';
import { endpointsOf } from '../../remote/endpoints.ts';

/** For whom there are keys; no secret. */
export interface SignedIn {
  readonly scope: string;
  /** For people: engine and the ends of the key. */
  readonly label: string;
}

const listKey = 'weft.signedIn';

export class CloudKeys {
  private readonly secrets: vscode.SecretStorage;
  private readonly memory: vscode.Memento;
  /** Keys came or went, perhaps in another window. */
  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent>;

  constructor(secrets: vscode.SecretStorage, memory: vscode.Memento) {
    this.secrets = secrets;
    this.memory = memory;
    this.onDidChange = secrets.onDidChange;
  }

  get signedIn(): readonly SignedIn[] {
    return this.memory.get<readonly SignedIn[]>(listKey, []);
  }

  async get(engine: ServiceEngineConfig): Promise<Credentials | undefined> {
    const text = await this.secrets.get(scopeOf(engine));
    if (text === undefined) return undefined;
    return credentials(JSON.parse(text) as KeyValues, 'VS Code');
  }

  async set(engine: ServiceEngineConfig, keys: Credentials): Promise<void> {
    const scope = scopeOf(engine);
    const securityToken = keys.securityToken();
    const values: KeyValues = {
      accessKey: keys.accessKey,
      secretKey: keys.secretKey(),
      ...(securityToken !== undefined && { securityToken }),
      ...(keys.user !== undefined && { user: keys.user }),
    };
    await this.memory.update(listKey, [
      ...this.signedIn.filter((each) => each.scope !== scope),
      { scope, label: `${engine.name}: ${shownKey(keys.accessKey)}` },
    ]);
    await this.secrets.store(scope, JSON.stringify(values));
  }

  async delete(scope: string): Promise<void> {
    await this.memory.update(
      listKey,
      this.signedIn.filter((each) => each.scope !== scope),
    );
    await this.secrets.delete(scope);
  }
}

/** Keys belong to a project of a service, whatever a workspace calls the engine. Throws an EndpointError. */
function scopeOf(engine: ServiceEngineConfig): string {
  return `weft.keys ${new URL(endpointsOf(engine).service).host} ${engine.projectId ?? '-'}`;
}
