// An object store on this machine: s3rver from the registry, which verifies signatures, behind a door that can break connections.
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { credentials } from '../../../remote/credentials.ts';
import { s3Dialect, signObject } from '../../../remote/obs-signing.ts';
import { objectStore } from '../../../remote/object-store.ts';
import { encodeStrictly } from '../../../remote/signing.ts';
import { testKeys } from './stand-in.ts';

interface S3rver {
  configureBuckets(): Promise<unknown>;
  callback(): RequestListener;
}
interface Account {
  readonly DUMMY_ACCOUNT: { createKeyPair(access: string, secret: string): void };
}

const require = createRequire(import.meta.url);
const { DUMMY_ACCOUNT } = require('s3rver/lib/models/account') as Account;
for (const [access, { secret }] of Object.entries(testKeys)) DUMMY_ACCOUNT.createKeyPair(access, secret);

export interface S3Store {
  readonly url: string;
  /** Method and path of what was let through. */
  readonly seen: string[];
  /** What to do with a request; `pass` when absent. May be changed at any time. */
  door: ((request: IncomingMessage) => 'pass' | 'drop before' | 'drop middle' | 'drop after' | 503) | undefined;
  /** Keys of a bucket, in order. */
  keys(): Promise<readonly string[]>;
  read(key: string): Promise<string>;
}

export const bucket = 'weft-tests';

export async function startS3(t: TestContext): Promise<S3Store> {
  const directory = mkdtempSync(join(tmpdir(), 'weft-s3-'));
  const Server = require('s3rver') as new (options: object) => S3rver;
  const s3 = new Server({ directory, silent: true, vhostBuckets: false, configureBuckets: [{ name: bucket }] });
  await s3.configureBuckets();
  const inner = s3.callback();
  const server = createServer((request, response) => serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const decided = store.door?.(request) ?? 'pass';
    if (decided === 'drop before') return void request.socket.destroy();
    if (decided === 'drop middle' && request.method === 'PUT') return void request.once('data', () => request.socket.destroy());
    if (decided === 503) {
      response.writeHead(503, { 'retry-after': '0' });
      response.end(
        '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
      );
      return;
    }
    if (request.headers.authorization === undefined) {
      response.writeHead(403);
      return void response.end('<Error><Code>AccessDenied</Code><Message>Anonymous &amp; unsigned.</Message></Error>');
    }
    store.seen.push(`${request.method} ${decodeURIComponent(request.url!.split('?')[0]!)}`);
    if (decided === 'drop after' || decided === 'drop middle') {
      response.writeHead = () => {
        request.socket.destroy();
        return response;
      };
    }
    inner(request, response);
  }

  const [[accessKey, { secret: secretKey }]] = Object.entries(testKeys) as [[string, { secret: string }]];
  const keys = credentials({ accessKey, secretKey }, 'the test');
  const reader = objectStore({ endpoint: url, keys, retry: { attempts: 1, firstDelayMs: 0, longestDelayMs: 0 } });
  const store: S3Store = {
    url,
    seen: [],
    door: undefined,
    keys: async () => (await reader.list(bucket, '')).map(({ key }) => key),
    read: async (key) => (await fetch(`${url}/${bucket}/${encoded(key)}`, { headers: signed(key) })).text(),
  };
  return store;

  function encoded(key: string): string {
    return key.split('/').map(encodeStrictly).join('/');
  }

  function signed(key: string): Record<string, string> {
    return { ...signObject({ method: 'GET', url, headers: {} }, `/${bucket}/${encoded(key)}`, keys, s3Dialect, new Date()) };
  }
}
