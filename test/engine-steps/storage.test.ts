// Service paths on this machine: where they lie, what is refused, and buckets that come as an archive.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import { createStorage, type Storage } from '../../engine/storage/paths.ts';
import { StepError } from '../../engine/steps/step-runner.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('both path forms lie in the own folder of the bucket, or where weft.config says', async (t) => {
  const { storage, root, state } = openStorage(t, { pictures: './data/pictures' });
  const table: readonly [path: string, local: string, directory: boolean][] = [
    ['/my-bucket/out/', join(state, 'buckets/my-bucket/out'), true],
    ['/my-bucket/out/m.json', join(state, 'buckets/my-bucket/out/m.json'), false],
    ['obs://my-bucket/a//b/', join(state, 'buckets/my-bucket/a/b'), true],
    ['s3://my-bucket/x', join(state, 'buckets/my-bucket/x'), false],
    ['/my-bucket', join(state, 'buckets/my-bucket'), false],
    ['/pictures/cats/', join(root, 'data/pictures/cats'), true],
    ['obs://pictures/', join(root, 'data/pictures'), true],
    ['/my-bucket/中文 x/', join(state, 'buckets/my-bucket/中文 x'), true],
  ];
  for (const [path, local, directory] of table) assert.deepEqual(await storage.locate(path), { path: local, directory }, path);
});

test('file URIs are used in place, blanks included', async (t) => {
  const { storage, root } = openStorage(t);
  const folder = join(root, 'a b');
  assert.deepEqual(await storage.locate(`${pathToFileURL(folder).href}/`), { path: folder, directory: true });
});

test('a path that leads out of its bucket or is none is refused with the way out', async (t) => {
  const { storage } = openStorage(t);
  for (const path of [
    '/bucket/../../etc/passwd',
    'obs://bucket/a/..',
    '/../x',
    'relative/x',
    '',
    '/',
    'obs:///x',
    '/.weft/x',
    'file://host/x',
  ]) {
    await assert.rejects(storage.locate(path), StepError, path);
  }
});

test('a bucket called like a member of every object is a bucket like any other', async (t) => {
  const { storage, state } = openStorage(t);
  assert.equal((await storage.locate('/constructor/x')).path, join(state, 'buckets/constructor/x'));
});

test('a local path is named as the service would name it', async (t) => {
  const { storage, root, state } = openStorage(t, { pictures: './data/pictures' });
  assert.equal(storage.name(join(state, 'buckets/b/x/y')), '/b/x/y');
  assert.equal(storage.name(join(root, 'data/pictures/cats')), '/pictures/cats');
  assert.equal(storage.name(join(root, 'data/pictures-2')), pathToFileURL(join(root, 'data/pictures-2')).href);
});

for (const [suffix, compress] of [
  ['tar.br', brotliCompressSync],
  ['tar.gz', gzipSync],
] as const) {
  test(`a bucket in a .${suffix} file is unpacked once, whole, and then kept`, async (t) => {
    const { storage, root, state } = openStorage(t, { packed: `./packed.${suffix}` });
    const entries = [{ name: 'train/' }, { name: 'train/cat/1.txt', data: 'meow' }, { name: './eval/2.txt', data: 'woof' }];
    writeFileSync(join(root, `packed.${suffix}`), compress(createTar(entries)));
    const places = await Promise.all([storage.locate('/packed/train/cat/1.txt'), storage.locate('/packed/eval/2.txt')]);
    assert.deepEqual(
      places.map((place) => readFileSync(place.path, 'utf8')),
      ['meow', 'woof'],
    );
    writeFileSync(join(root, `packed.${suffix}`), 'no archive any more');
    assert.equal(
      (await createStorage(state, () => ({ root, buckets: { packed: `packed.${suffix}` } })).locate('/packed/')).path,
      join(state, 'buckets/packed'),
    );
    assert.deepEqual(readdirSync(join(state, 'buckets')), ['packed']);
  });
}

test('nothing of an archive lands outside its bucket', async (t) => {
  const { storage, root, state } = openStorage(t, { evil: './evil.tar.gz' });
  const entries = [
    { name: 'ok.txt', data: 'x' },
    { name: '../../evil.txt', data: 'x' },
    { name: '/abs.txt', data: 'x' },
  ];
  writeFileSync(join(root, 'evil.tar.gz'), gzipSync(createTar(entries)));
  await storage.locate('/evil/ok.txt');
  assert.deepEqual(readdirSync(root).sort(), ['.weft', 'evil.tar.gz']);
  assert.deepEqual(readdirSync(join(state, 'buckets')), ['evil']);
  assert.equal(existsSync('/abs.txt'), false);
});

test('a file that is no archive is refused by name and leaves nothing behind', async (t) => {
  const { storage, root, state } = openStorage(t, { broken: './broken.tar.br' });
  writeFileSync(join(root, 'broken.tar.br'), 'text');
  await assert.rejects(storage.locate('/broken/x'), /cannot unpack .*broken\.tar\.br/);
  assert.deepEqual(readdirSync(join(state, 'buckets')), []);
});

test('a folder is made with its parents, and a file in the way is named', async (t) => {
  const { storage, state } = openStorage(t);
  assert.equal(await storage.makeFolder('/b/x/y/'), join(state, 'buckets/b/x/y'));
  writeFileSync(join(state, 'buckets/b/file'), '');
  await assert.rejects(storage.makeFolder('/b/file/z/'), /file.z/);
});

function openStorage(t: TestContext, buckets: Record<string, string> = {}): { storage: Storage; root: string; state: string } {
  const root = temporaryFolder(t);
  const state = join(root, '.weft');
  mkdirSync(state);
  return { storage: createStorage(state, () => ({ root, buckets })), root, state };
}
