// Access keys: found in what was given, the environment, or the `credentials.csv` that the console hands out. The secret is behind a
// function, so that no log, no JSON and no inspection of the object shows it; errors name places and never hold a key.
// Source: SDK digest part 2 (access keys, columns of the file, names of the variables).
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Credentials {
  /** The access key: public, but enough to tell accounts apart. Show it with `shownKey`. */
  readonly accessKey: string;
  secretKey(): string;
  /** Of temporary keys. */
  securityToken(): string | undefined;
  /** The name in credentials.csv. */
  readonly user?: string;
  /** Where they came from, as a person would say it. */
  readonly foundIn: string;
}

export interface KeyValues {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly securityToken?: string;
  readonly user?: string;
}

/** Keys are missing, or what holds them cannot be read. The message says where was looked and holds no key. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}

export const credentialsFile = 'credentials.csv';
const variables = {
  accessKey: 'HUAWEICLOUD_SDK_AK',
  secretKey: 'HUAWEICLOUD_SDK_SK',
  securityToken: 'HUAWEICLOUD_SDK_SECURITY_TOKEN',
} as const;

export function credentials({ accessKey, secretKey, securityToken, user }: KeyValues, foundIn: string): Credentials {
  return {
    accessKey,
    secretKey: () => secretKey,
    securityToken: () => securityToken,
    foundIn,
    ...(user !== undefined && { user }),
  };
}

export interface KeyPlaces {
  /** The user named this file; nothing else is looked at then. */
  readonly file?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Root of the workspace: a `credentials.csv` there is found. */
  readonly root: string;
}

/** Throws a CredentialsError that lists the places and the ways out. */
export function findCredentials({ file, env, root }: KeyPlaces): Credentials {
  if (file !== undefined) {
    const read = readIfThere(file);
    if (read === undefined) throw new CredentialsError(`there is no file ${file}`);
    return parseCredentials(read, file);
  }
  const fromEnvironment = environmentKeys(env);
  if (fromEnvironment) return fromEnvironment;
  const places = keyFiles(env, root);
  for (const place of places) {
    const text = readIfThere(place);
    if (text !== undefined) return parseCredentials(text, place);
  }
  throw new CredentialsError(
    'no access keys were found. Looked in the environment ' +
      `(${variables.accessKey}, ${variables.secretKey}) and in ${places.join(' and ')}. ` +
      'Create a key in the console (My Credentials > Access Keys), which hands out a credentials.csv, and put it at one of these places',
  );
}

/** Undefined where the environment names no keys. Throws where it names half of a pair. */
export function environmentKeys(env: NodeJS.ProcessEnv): Credentials | undefined {
  const accessKey = env[variables.accessKey];
  const secretKey = env[variables.secretKey];
  const securityToken = env[variables.securityToken];
  if (!accessKey && !secretKey) return undefined;
  if (!accessKey || !secretKey) {
    const [set, unset] = accessKey ? [variables.accessKey, variables.secretKey] : [variables.secretKey, variables.accessKey];
    throw new CredentialsError(`the environment has ${set} and not ${unset}; set both or neither`);
  }
  return credentials(
    { accessKey, secretKey, ...(securityToken && { securityToken }) },
    `the environment (${variables.accessKey})`,
  );
}

/** Text of a credentials.csv. Throws a CredentialsError naming what it lacks. */
export function parseCredentials(text: string, foundIn: string): Credentials {
  const [head, ...rows] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(cells);
  const column = (name: string) => head?.findIndex((cell) => cell.toLowerCase().replace(/[\s_-]/g, '') === name) ?? -1;
  const [access, secret, user] = [column('accesskeyid'), column('secretaccesskey'), column('username')];
  if (access < 0 || secret < 0)
    throw new CredentialsError(
      `${foundIn} is no credentials.csv of the console: it needs the columns "Access Key Id" and "Secret Access Key" in its first line`,
    );
  const [row, ...more] = rows;
  if (!row) throw new CredentialsError(`${foundIn} has no key below its first line`);
  if (more.length > 0) throw new CredentialsError(`${foundIn} has ${rows.length} keys; keep the line of one`);
  const [accessKey, secretKey, name] = [row[access], row[secret], row[user]];
  if (!accessKey || !secretKey) throw new CredentialsError(`line 2 of ${foundIn} lacks the access key or the secret key`);
  return credentials({ accessKey, secretKey, ...(name && { user: name }) }, foundIn);
}

/** "ABCD…WXYZ": tells keys apart without giving one away whole. */
export function shownKey(accessKey: string): string {
  return accessKey.length > 8 ? `${accessKey.slice(0, 4)}…${accessKey.slice(-4)}` : '…';
}

/** The text without the secret or the token, wherever it came from. */
export function masked(text: string, keys: Credentials): string {
  let result = text;
  for (const secret of [keys.secretKey(), keys.securityToken()]) if (secret) result = result.replaceAll(secret, '***');
  return result;
}

function keyFiles(env: NodeJS.ProcessEnv, root: string): readonly string[] {
  const settings = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
  return [join(root, credentialsFile), join(settings, 'weft', credentialsFile)];
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted === undefined ? plain! : quoted.replaceAll('""', '"')).trim(),
  );
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new CredentialsError(`${file} cannot be read (${code})`);
  }
}
