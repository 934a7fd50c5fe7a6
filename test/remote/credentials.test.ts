// Where keys are found, what is said when they are not, and that the secret shows nowhere.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { credentials, findCredentials, masked, parseCredentials, shownKey } from '../../remote/credentials.ts';

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'weft-keys-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

const csv = '\uFEFFUser Name,Access Key Id,Secret Access Key\r\n"lin, mei",AKFROMTHEFILE0001,secret/from+the/file==\r\n';

test('the environment wins over the file of the workspace, that over the one of the user; a named file over all', (t) => {
  const root = folder(t);
  const home = folder(t);
  mkdirSync(join(home, '.config', 'weft'), { recursive: true });
  const write = (at: string, key: string) => writeFileSync(at, `Access Key Id,Secret Access Key\n${key},s-${key}\n`);
  write(join(home, '.config', 'weft', 'credentials.csv'), 'USERS');
  const find = (env: NodeJS.ProcessEnv, file?: string) =>
    findCredentials({ env: { HOME: home, ...env }, root, ...(file !== undefined && { file }) });
  assert.equal(find({}).accessKey, 'USERS');
  write(join(root, 'credentials.csv'), 'ROOTS');
  assert.equal(find({}).accessKey, 'ROOTS');
  const env = { HUAWEICLOUD_SDK_AK: 'ENVS', HUAWEICLOUD_SDK_SK: 's', HUAWEICLOUD_SDK_SECURITY_TOKEN: 'token' };
  assert.equal(find(env).accessKey, 'ENVS');
  assert.equal(find(env).securityToken(), 'token');
  write(join(root, 'mine.csv'), 'MINE');
  const mine = find(env, join(root, 'mine.csv'));
  assert.equal(mine.accessKey, 'MINE');
  assert.equal(mine.secretKey(), 's-MINE');
  assert.equal(mine.foundIn, join(root, 'mine.csv'));
});

test('the console writes a byte order mark, quotes and Windows line ends', () => {
  const keys = parseCredentials(csv, 'credentials.csv');
  assert.deepEqual([keys.user, keys.accessKey, keys.secretKey()], ['lin, mei', 'AKFROMTHEFILE0001', 'secret/from+the/file==']);
});

test('what is missing is said with every place that was looked at', (t) => {
  const root = folder(t);
  assert.throws(() => findCredentials({ env: { HOME: root }, root }), {
    name: 'CredentialsError',
    message: new RegExp(`HUAWEICLOUD_SDK_AK.*${root}/credentials\\.csv and ${root}/\\.config/weft/credentials\\.csv`),
  });
  assert.throws(
    () => findCredentials({ env: { HUAWEICLOUD_SDK_AK: 'A' }, root }),
    /has HUAWEICLOUD_SDK_AK and not HUAWEICLOUD_SDK_SK/,
  );
  assert.throws(() => findCredentials({ env: {}, root, file: join(root, 'no.csv') }), /there is no file .*no\.csv/);
  assert.throws(() => parseCredentials('a,b\n1,2\n', 'x.csv'), /x\.csv is no credentials\.csv.*"Secret Access Key"/);
  assert.throws(() => parseCredentials('Access Key Id,Secret Access Key\n', 'x.csv'), /x\.csv has no key/);
  assert.throws(
    () => parseCredentials('Access Key Id,Secret Access Key\nA,SECRET1\nB,SECRET2\n', 'x.csv'),
    (error: Error) => {
      assert.match(error.message, /x\.csv has 2 keys/);
      assert.doesNotMatch(error.message, /SECRET/);
      return true;
    },
  );
});

test('neither JSON nor inspection nor a masked text shows the secret', () => {
  const keys = credentials({ accessKey: 'AKABCDEFGHIJKLMN', secretKey: 'TopSecret', securityToken: 'TokenOfMine' }, 'the test');
  assert.doesNotMatch(JSON.stringify(keys) + inspect(keys, { depth: 9, showHidden: true }), /TopSecret|TokenOfMine/);
  assert.equal(masked('bad TopSecret and TokenOfMine', keys), 'bad *** and ***');
  assert.equal(shownKey(keys.accessKey), 'AKAB…KLMN');
});
