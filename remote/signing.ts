// The service's AK/SK signature, SDK-HMAC-SHA256, as a pure function of request, keys and time. Thirty lines of our own instead of the
// SDK's core package: that one pulls in moment and lodash, and signs the object that a body is made from, not the bytes that are sent.
// The tests hold it to the vectors of the API reference and to that package. Source: API reference 3.2.
import { createHash, createHmac } from 'node:crypto';
import type { Credentials } from './credentials.ts';

export interface Signable {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A request -> the headers to send it with. Asked once per attempt, because the time is signed. */
export type Sign = (request: Signable) => Readonly<Record<string, string>>;

const algorithm = 'SDK-HMAC-SHA256';

/** `projectId`: undefined for calls outside a project (identity service). */
export function keySigner(keys: Credentials, projectId: string | undefined, now: () => Date = () => new Date()): Sign {
  return (request) => {
    const token = keys.securityToken();
    const headers = {
      ...request.headers,
      'x-sdk-date': sdkDate(now()),
      ...(projectId !== undefined && { 'x-project-id': projectId }),
      ...(token !== undefined && { 'x-security-token': token }),
    };
    return { ...headers, authorization: authorization({ ...request, headers }, keys) };
  };
}

/** The value of `Authorization`. Signs all headers given, and the host; `x-sdk-date` must be among them. */
export function authorization(request: Signable, keys: Credentials): string {
  const url = new URL(request.url);
  const headers = new Map<string, string>([['host', url.host]]);
  for (const [name, value] of Object.entries(request.headers)) {
    const lower = name.toLowerCase();
    if (!lower.includes('_') && lower !== 'authorization') headers.set(lower, value.trim());
  }
  const names = [...headers.keys()].sort();
  const canonical = [
    request.method.toUpperCase(),
    canonicalPath(url.pathname),
    canonicalQuery(url.searchParams),
    ...names.map((name) => `${name}:${headers.get(name)}`),
    '',
    names.join(';'),
    headers.get('x-sdk-content-sha256') ?? sha256(request.body ?? ''),
  ].join('\n');
  const toSign = `${algorithm}\n${headers.get('x-sdk-date')}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', keys.secretKey()).update(toSign).digest('hex');
  return `${algorithm} Access=${keys.accessKey}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

/** `20260101T000000Z` */
export function sdkDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}

/** Percent-encodes all but letters, digits and `- _ . ~`. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalPath(path: string): string {
  const encoded = path
    .split('/')
    .map((segment) => encodeStrictly(decodeURIComponent(segment)))
    .join('/');
  return encoded.endsWith('/') ? encoded : `${encoded}/`;
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
