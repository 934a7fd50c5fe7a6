// The object store against an S3 server that verifies signatures, and the signature in OBS's own spelling against Huawei's package.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo, LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { credentials } from '../../remote/credentials.ts';
import { objectAuthorization } from '../../remote/obs-signing.ts';
import { addressOf, type FileToPut, objectStore } from '../../remote/object-store.ts';
import { atOnce, testAccessKey, testSecretKey } from '../support/service/connect.ts';
import { bucket, startS3 } from '../support/service/s3-store.ts';

const keys = credentials({ accessKey: testAccessKey, secretKey: testSecretKey }, 'the test');

function file(t: TestContext, text: string): FileToPut {
  const folder = mkdtempSync(join(tmpdir(), 'weft-put-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const from = join(folder, 'file');
  writeFileSync(from, text);
  return { from, bytes: Buffer.byteLength(text), md5: createHash('md5').update(text).digest('hex') };
}

test('what is put is listed, whatever is in its name, page after page', async (t) => {
  const s3 = await startS3(t);
  const store = objectStore({ endpoint: s3.url, keys, retry: atOnce, pageSize: 10 });
  const names = ['flow/a b+c.txt', "flow/数据 (1)/it's.py", 'flow/x&y<z>.json', 'flow2/other.txt'];
  const put = file(t, 'hello');
  for (const name of names) await store.put(bucket, name, put);
  const listed = await store.list(bucket, 'flow/');
  assert.deepEqual(listed.map(({ key }) => key).sort(), names.slice(0, 3).sort());
  assert.deepEqual([listed[0]!.bytes, listed[0]!.md5], [5, put.md5]);
  assert.equal(await s3.read('flow/a b+c.txt'), 'hello');
  for (let index = 0; index < 25; index++) await store.put(bucket, `many/${String(index).padStart(4, '0')}`, put);
  assert.equal((await store.list(bucket, 'many/')).length, 25);
});

test('a large file is streamed, and its way is told', async (t) => {
  const s3 = await startS3(t);
  const store = objectStore({ endpoint: s3.url, keys, retry: atOnce });
  const big = file(t, 'x'.repeat(3_000_000));
  const told: number[] = [];
  await store.put(bucket, 'big', big, { onBytes: (sent) => told.push(sent) });
  assert.equal(told[0], 0);
  assert.equal(told.at(-1), 3_000_000);
  assert.ok(told.length > 3);
  assert.deepEqual(await store.list(bucket, 'big'), [{ key: 'big', bytes: 3_000_000, md5: big.md5 }]);
});

test('broken connections and 503 are tried again; what is wrong for good is said with its place', async (t) => {
  const s3 = await startS3(t);
  const store = objectStore({ endpoint: s3.url, keys, retry: atOnce });
  const put = file(t, 'y'.repeat(700_000));
  for (const fault of ['drop before', 'drop middle', 'drop after', 503] as const) {
    let left = 2;
    s3.door = () => (left-- > 0 ? fault : 'pass');
    await store.put(bucket, `key-${fault}`, put);
    left = 2;
    assert.equal((await store.list(bucket, `key-${fault}`)).length, 1);
  }
  s3.door = undefined;
  const wrong = objectStore({
    endpoint: s3.url,
    keys: credentials({ accessKey: testAccessKey, secretKey: 'Other' }, ''),
    retry: atOnce,
  });
  await assert.rejects(wrong.put(bucket, 'a/b', put), {
    status: 403,
    code: 'SignatureDoesNotMatch',
    message: /^\/weft-tests\/a\/b: The request signature we calculated does not match/,
  });
  await assert.rejects(store.list('no-such-bucket', ''), { status: 404, code: 'NoSuchBucket' });
  const stop = new AbortController();
  s3.door = () => {
    stop.abort(new Error('the user left'));
    return 'drop before';
  };
  await assert.rejects(store.put(bucket, 'c', put, { signal: stop.signal }), { message: 'the user left' });
});

test("Huawei's own package signs alike, in both spellings", async (t) => {
  let seen: { readonly method: string; readonly host: string; readonly headers: Record<string, string> } | undefined;
  const server = createServer((request, response) => {
    seen = { method: request.method!, host: request.headers.host!, headers: request.headers as Record<string, string> };
    response.setHeader('x-obs-api', '3.0'); // it asks first what the server speaks
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const here: LookupFunction = (_, __, found) => found(null, [{ address: '127.0.0.1', family: 4 }]);
  const ObsClient = createRequire(import.meta.url)('esdk-obs-nodejs') as new (
    options: object,
  ) => {
    putObject(request: object): Promise<unknown>;
  };
  const temporary = credentials({ accessKey: testAccessKey, secretKey: testSecretKey, securityToken: 'TokenOfTheTest' }, '');
  const key = "folder/数据 it's (1)+.txt";
  for (const [host, scheme] of [
    ['obs.example.test', 'OBS'],
    ['127.0.0.1', 'AWS'],
  ] as const) {
    const endpoint = `http://${host}:${port}`;
    const client = new ObsClient({
      access_key_id: testAccessKey,
      secret_access_key: testSecretKey,
      security_token: 'TokenOfTheTest',
      server: endpoint,
      http_agent: new Agent({ lookup: here }),
    });
    await new Promise(setImmediate); // its constructor goes on without being waited for
    await client.putObject({ Bucket: bucket, Key: key, Body: 'hello', ContentType: 'text/plain', Metadata: { note: 'n' } });
    const { method, headers } = seen!;
    const { url, resource, dialect } = addressOf(endpoint, bucket, key);
    assert.equal(dialect.scheme, scheme);
    assert.equal(new URL(url).hostname, seen!.host.split(':')[0]);
    assert.equal(objectAuthorization({ method, url, headers }, resource, temporary, dialect), headers['authorization']);
  }
});
