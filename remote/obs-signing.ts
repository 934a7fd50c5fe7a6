// The object store's signature: OBS in its own spelling, and S3's older one, which is the same with other words. Its own client instead of
// `esdk-obs-nodejs`, which carries a logger that writes request headers and weighs more than all of `remote/`.
// Source: API reference 12 (signing); the tests hold it to that package and to an S3 server that verifies.
import { createHmac } from 'node:crypto';
import type { Credentials } from './credentials.ts';
import type { Signable } from './signing.ts';

/** OBS names its headers `x-obs-`; everything else that speaks S3, `x-amz-`. */
export interface ObsDialect {
  readonly scheme: 'OBS' | 'AWS';
  readonly prefix: 'x-obs-' | 'x-amz-';
}

export const obsDialect: ObsDialect = { scheme: 'OBS', prefix: 'x-obs-' };
export const s3Dialect: ObsDialect = { scheme: 'AWS', prefix: 'x-amz-' };

/** Headers to send a request with. `resource`: `/bucket/key`, encoded; nothing of the query is a subresource. */
export function signObject(
  request: Signable,
  resource: string,
  keys: Credentials,
  dialect: ObsDialect,
  now: Date,
): Readonly<Record<string, string>> {
  const token = keys.securityToken();
  const headers: Record<string, string> = {
    ...request.headers,
    [`${dialect.prefix}date`]: now.toUTCString(),
    ...(token !== undefined && { [`${dialect.prefix}security-token`]: token }),
  };
  return { ...headers, authorization: objectAuthorization({ ...request, headers }, resource, keys, dialect) };
}

/** The value of `Authorization` for the headers that are sent. */
export function objectAuthorization(request: Signable, resource: string, keys: Credentials, dialect: ObsDialect): string {
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const special = [...headers].filter(([name]) => name.startsWith(dialect.prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [
    request.method,
    headers.get('content-md5') ?? '',
    headers.get('content-type') ?? '',
    headers.has(`${dialect.prefix}date`) ? '' : (headers.get('date') ?? ''),
    ...special.map(([name, value]) => `${name}:${value}`),
    resource,
  ].join('\n');
  return `${dialect.scheme} ${keys.accessKey}:${createHmac('sha1', keys.secretKey()).update(text).digest('base64')}`;
}
