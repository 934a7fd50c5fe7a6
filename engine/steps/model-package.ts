// A model package as the service wants it (SDK digest 11.1): config.json, inference code, weights; in the given folder or in its
// folder `model`.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PackageConfig {
  readonly model_type?: unknown;
  readonly apis?: unknown;
  readonly health?: unknown;
  readonly [member: string]: unknown;
}

/** What is wrong with a package, as a sentence with the way out. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}

/** The folder that `config.json` lies in: the given one, or `model` in it. Throws PackageError. */
export function packageFolder(folder: string): string {
  for (const candidate of [join(folder, 'model'), folder]) if (existsSync(join(candidate, 'config.json'))) return candidate;
  throw new PackageError(`${folder} has neither model/config.json nor config.json: a model package describes itself there`);
}

/** Of a package folder. Throws PackageError for what is no description of a model. */
export function readPackageConfig(folder: string): PackageConfig {
  const file = join(folder, 'config.json');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PackageError(`${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new PackageError(`${file} is no JSON object`);
  const { apis } = value as PackageConfig;
  const listed = typeof apis === 'string' ? parsed(apis) : apis;
  if (listed !== undefined && !(Array.isArray(listed) && listed.every((api) => typeof api === 'object' && api !== null))) {
    throw new PackageError(`${file}: "apis" is no list of { url, method, request, response }`);
  }
  return { ...(value as PackageConfig), ...(listed !== undefined && { apis: listed }) };
}

/** A package that a binding serves need not describe itself. */
export function usablePackageConfig(folder: string): PackageConfig {
  try {
    return readPackageConfig(folder);
  } catch (error) {
    if (error instanceof PackageError) return {};
    throw error;
  }
}

/** Where requests for predictions go: the first `post` of the package's interface. */
export function predictPathOf({ apis }: PackageConfig): string {
  const post = ((apis ?? []) as readonly { readonly url?: unknown; readonly method?: unknown }[]).find(
    ({ method }) => typeof method === 'string' && method.toLowerCase() === 'post',
  );
  return typeof post?.url === 'string' && post.url.startsWith('/') ? post.url : '/';
}

/** The one parameter of an interface that takes a file. */
export function fileParameterOf({ apis }: PackageConfig, path: string): string {
  interface Api {
    readonly url?: unknown;
    readonly request?: { readonly data?: { readonly properties?: Readonly<Record<string, unknown>> } };
  }
  const api = ((apis ?? []) as readonly Api[]).find(({ url }) => url === path);
  return Object.keys(api?.request?.data?.properties ?? {})[0] ?? 'file';
}

/** `health: { url }` of the configuration: must answer well. Else any answer of `/health` will do. */
export function healthOf({ health }: PackageConfig): { readonly path: string; readonly strict: boolean } {
  const url = (health as { readonly url?: unknown } | undefined)?.url;
  return typeof url === 'string' && url.startsWith('/') ? { path: url, strict: true } : { path: '/health', strict: false };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
