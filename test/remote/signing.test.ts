// The AK/SK signature: the vectors of the API reference, the SDK's own signer, and the verifier of the stand-in on random requests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import sdk from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js';
import { credentials } from '../../remote/credentials.ts';
import { authorization, keySigner } from '../../remote/signing.ts';
import { wrongSignature } from '../support/service/verify-signature.ts';

const keys = credentials({ accessKey: 'AccessKey', secretKey: 'SecretKey' }, 'the test');
const signatureOf = (text: string) => text.split('Signature=')[1];

// Source: API reference 3.2, "Test vectors".
test('the vectors of the API reference', () => {
  const date = { 'x-sdk-date': '20200608T023900Z' };
  const resource = 'https://service.endpoint.myhuaweicloud.com/resources?size=1';
  assert.equal(
    authorization({ method: 'GET', url: resource, headers: date }, keys),
    'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, ' +
      'Signature=cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
  );
  assert.equal(
    signatureOf(authorization({ method: 'POST', url: resource, headers: date, body: '{"name":"test","id":1}' }, keys)),
    '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
  );
  const project = '0123456789abcdef0123456789abcdef';
  const query = new URLSearchParams({ search_type: 'equal', name: '图像 flow_1', limit: '10' });
  const url = `http://127.0.0.1:8080/v2/${project}/workflows?${query}`;
  const sign = keySigner(keys, project, () => new Date('2026-01-01T00:00:00Z'));
  const headers = sign({ method: 'GET', url, headers: { 'content-type': 'application/json' } });
  assert.equal(headers['x-sdk-date'], '20260101T000000Z');
  assert.equal(
    headers['authorization'],
    'SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=content-type;host;x-project-id;x-sdk-date, ' +
      'Signature=af754f7a15c81a96e273de5621f4c62056cb8e56bbf954cb73ad9d87235c1526',
  );
});

const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
  path: fc.array(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((segment) => segment !== '.' && segment !== '..'),
    {
      maxLength: 4,
    },
  ),
  query: fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 6 }), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    maxLength: 4,
  }),
  header: fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/),
  body: fc.option(fc.json(), { nil: undefined }),
});

test('the verifier, which shares no code with the signer, takes every signature and none of another request', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const known = new Map([['AccessKey', { secret: 'SecretKey', token: 'Token' }]]);
  const temporary = credentials({ accessKey: 'AccessKey', secretKey: 'SecretKey', securityToken: 'Token' }, 'the test');
  const sign = keySigner(temporary, 'project', () => now);
  fc.assert(
    fc.property(anyRequest, ({ method, path, query, header, body }) => {
      const url = new URL(`http://127.0.0.1:99/${path.map(encodeURIComponent).join('/')}?${new URLSearchParams(query)}`);
      const headers = sign({ method, url: url.href, headers: { 'x-note': header }, ...(body !== undefined && { body }) });
      const target = url.pathname + url.search;
      const received = { method, target, headers: { ...headers, host: url.host }, body: Buffer.from(body ?? '') };
      assert.equal(wrongSignature(received, known, now), undefined);
      assert.equal(wrongSignature({ ...received, method: 'PATCH' }, known, now), 'verify aksk signature fail');
      assert.equal(wrongSignature({ ...received, body: Buffer.from('other') }, known, now), 'verify aksk signature fail');
      assert.equal(wrongSignature(received, known, new Date(now.getTime() + 16 * 60_000)), 'signature expired');
    }),
    { numRuns: 200 },
  );
});

test("the SDK's signer gives the same", () => {
  const stamp = '20260301T120000Z';
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'PUT'),
      fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z_]{1,6}$/), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 })), {
        selector: ([name]) => name,
        maxLength: 4,
      }),
      fc.option(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.string({ unit: 'grapheme' }), { minKeys: 1 }), {
        nil: undefined,
      }),
      (method, query, data) => {
        const endpoint = 'https://modelarts.cn-north-4.myhuaweicloud.com/v2/p/workflows';
        const theirs = sdk.AKSKSigner.sign(
          {
            method,
            endpoint,
            headers: { 'X-Sdk-Date': stamp, 'X-Project-Id': 'p' },
            queryParams: Object.fromEntries(query),
            data,
          },
          { getAk: () => 'AccessKey', getSk: () => 'SecretKey' } as Parameters<typeof sdk.AKSKSigner.sign>[1],
        ) as Record<string, string>;
        const ours = authorization(
          {
            method,
            url: `${endpoint}?${new URLSearchParams(query)}`,
            headers: { 'x-sdk-date': stamp, 'x-project-id': 'p' },
            ...(data && { body: JSON.stringify(data) }),
          },
          keys,
        );
        assert.equal(ours, theirs['Authorization']);
      },
    ),
    { numRuns: 200 },
  );
});
