// What a workflow file in TypeScript cannot do: each way out of the confined process is tried, from the author's code, and from the
// process itself for the case that the author's code gets an object of it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { confinement, createSandbox, emptyEnvironment } from '../../loader/typescript/sandbox.ts';
import { head, read, readIn } from './typescript-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'weft-confined-'));
after(() => rmSync(folder, { recursive: true }));

/** The message of the error with which the file ends. */
async function failure(code: string): Promise<string> {
  const { problems, workflows } = await read(`${head}${code}\n`);
  assert.equal(workflows.length, 0);
  return problems.map(({ message }) => message.en).join();
}

test('modules that reach outside cannot be imported, and the import is marked', async () => {
  const modules = [
    'node:net',
    'node:http',
    'node:dgram',
    'node:sqlite',
    'node:fs',
    'fs/promises',
    'node:child_process',
    'node:process',
    'node:module',
    'node:worker_threads',
    'node:vm',
    'node:os',
    'node:inspector',
    'lodash',
    '/etc/passwd.json',
    'file:///etc/passwd.json',
    'data:text/javascript,export default 1',
  ];
  for (const name of modules) {
    const { marks, workflows } = await read(`${head}import * as it from '${name}';\nexport default it;\n`);
    assert.equal(workflows.length, 0);
    assert.deepEqual(marks, [`typescript-import: '${name}'`]);
  }
});

test('createRequire, dynamic imports and code from text are closed', async () => {
  const dynamic = await read(`${head}const { createRequire } = await import('node:module');\nexport default createRequire;\n`);
  assert.deepEqual(dynamic.marks, ["typescript-import: import('node:module')"]);
  const hidden = await read(`${head}const name = 'node:' + 'fs';\nexport default await import(name);\n`);
  assert.deepEqual(hidden.marks, ['typescript-import: import(name)']);
  assert.match(await failure("throw new Error(String(new Function('return process')()));"), /EvalError/);
  assert.match(await failure("throw new Error(String((0, eval)('typeof process')));"), /EvalError/);
  assert.match(await failure("(wf.job as any).constructor('return process')();"), /EvalError/);
  assert.match(await failure("(async () => {}).constructor('await 1');"), /EvalError/);
});

test('there is nothing of Node among the globals: no process, environment, network, timers, files', async () => {
  const names = [
    'process',
    'require',
    'module',
    'global',
    'Buffer',
    'fetch',
    'WebSocket',
    'XMLHttpRequest',
    'setTimeout',
    'setImmediate',
  ];
  names.push(
    'Worker',
    'WebAssembly',
    'SharedArrayBuffer',
    'Atomics',
    'ArrayBuffer',
    'navigator',
    'performance',
    'queueMicrotask',
  );
  const said = await failure(
    `throw new Error(JSON.stringify(${JSON.stringify(names)}.filter((name) => typeof (globalThis as any)[name] !== 'undefined')));`,
  );
  assert.match(said, /error: \[\]/);
});

test('stack frames and errors give no object of the process', async () => {
  const code = `
const found: string[] = [];
(Error as any).prepareStackTrace = (_: unknown, sites: any[]) => sites;
for (const site of (new Error() as any).stack) {
  if (site.getThis()) found.push('this');
  if (site.getFunction()) found.push('function');
}
(Error as any).prepareStackTrace = undefined;
import { basename } from 'node:path';
try { (basename as any)(1); } catch (error) { found.push(String((error as any).constructor === TypeError)); }
found.push(String((basename as any).constructor === Function), basename('/a/b.txt'));
throw new Error(found.join());`;
  assert.match(await failure(code), /error: true,true,b\.txt/);
});

test('nothing of the process is given to an export that promises would call', async () => {
  const said = await failure('export function then(resolve: any) { throw new Error(`called ${resolve}`); }');
  assert.match(said, /cannot export `then`/);
});

test('a program that changes what its realm writes with has no result, and harms nobody', async () => {
  for (const code of [
    "(Object.prototype as any).toJSON = () => ({ kind: 'done', workflows: 'x' });",
    "(Object.prototype as any).toJSON = () => ({ kind: 'done', workflows: [{ steps: 1 }] });",
    "JSON.stringify = () => '{}';",
    "JSON.stringify = () => 'no text of JSON';",
    "JSON.stringify = () => { throw new Error('not today'); };",
  ]) {
    const { problems, workflows } = await read(`${head}${code}\nexport default wf.workflow('w', {}, []);\n`);
    assert.deepEqual([workflows.length, problems.length], [0, 1], code);
  }
});

test('imports stay below the workspace, also behind links', async () => {
  writeFileSync(join(folder, 'secret.json'), '{"a":1}');
  const above = await read(`${head}import secret from '../secret.json';\nexport default secret;\n`);
  assert.deepEqual(above.marks, ["typescript-import: '../secret.json'"]);
  const root = mkdtempSync(join(folder, 'root-'));
  symlinkSync(join(folder, 'secret.json'), join(root, 'link.json'));
  const linked = await readIn(root, `${head}import secret from './link.json';\nexport default secret;\n`);
  assert.deepEqual(linked.marks, ["typescript-import: './link.json'"]);
});

test('the process itself is locked: what the permission flags leave open is closed too', async () => {
  const server = createServer((_, response) => response.end('reached')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { readonly port: number };
  const target = join(folder, 'written.txt');
  const lockDown = new URL('../../loader/typescript/confined/lock-down.ts', import.meta.url);
  const probe = join(folder, 'probe.mjs');
  writeFileSync(
    probe,
    `
import fs from 'node:fs';
import { lockDown } from '${lockDown.href}';
lockDown();
const said = {};
const attempt = async (name, run) => { try { said[name] = String(await run()); } catch (error) { said[name] = 'closed'; } };
await attempt('write', () => fs.writeFileSync(${JSON.stringify(target)}, 'x'));
await attempt('read', () => fs.readFileSync('/etc/hostname', 'utf8'));
await attempt('fetch', () => fetch('http://127.0.0.1:${port}/').then((response) => response.text()));
await attempt('net', () => import('node:net'));
await attempt('sqlite', () => import('node:sqlite'));
await attempt('spawn', () => import('node:child_process'));
await attempt('worker', () => import('node:worker_threads'));
await attempt('require', () => import('node:module'));
await attempt('builtin', () => process.getBuiltinModule('node:net'));
await attempt('kill', () => process.kill(process.ppid, 0));
await attempt('_kill', () => process._kill(process.ppid, 0));
await attempt('binding', () => process.binding('tcp_wrap'));
await attempt('linked', () => process._linkedBinding('tcp_wrap'));
await attempt('dlopen', () => process.dlopen({ exports: {} }, '/lib/x.node'));
await attempt('debug', () => process._debugProcess(process.ppid));
await attempt('eval', () => Function('return 1')());
await attempt('socket', () => new WebSocket('ws://127.0.0.1:${port}/'));
const connect = (stream) => new Promise((resolve, reject) => {
  const socket = new stream.constructor();
  socket.on('error', reject);
  socket.connect(${port}, '127.0.0.1', () => resolve('reached'));
});
await attempt('stdout', () => connect(process.stdout));
await attempt('stdin', () => connect(process.stdin));
await attempt('stderr', () => connect(process.stderr));
await attempt('console', () => connect(console._stdout));
await attempt('handles', () => process._getActiveHandles());
await attempt('openStdin', () => process.openStdin());
await attempt('report', () => process.report.writeReport(${JSON.stringify(target)}));
await attempt('execve', () => process.execve('/bin/true', ['true'], {}));
await attempt('env', () => { const names = Object.keys(process.env); if (names.length === 0) throw new Error('empty'); return names; });
fs.writeSync(1, JSON.stringify(said));
`,
  );
  const source = fileURLToPath(new URL('../../loader/typescript/', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [...confinement(folder, 64), `--allow-fs-read=${source}`, probe], {
    env: emptyEnvironment(),
    encoding: 'utf8',
    // A connection that was made would keep it alive.
    timeout: 20_000,
  });
  server.close();
  const said = JSON.parse(stdout || '{}') as Record<string, string>;
  assert.ok(Object.keys(said).length >= 26, stderr);
  assert.deepEqual(
    Object.entries(said).filter(([, what]) => what !== 'closed'),
    [],
  );
  assert.ok(!existsSync(target));
});

test('the environment of the process holds nothing of ours', () => {
  process.env['WEFT_SECRET_OF_A_TEST'] = 'x';
  assert.deepEqual(Object.keys(emptyEnvironment()), []);
  delete process.env['WEFT_SECRET_OF_A_TEST'];
});

test('an endless loop is stopped and marked, in the file itself and in one that it imports', async () => {
  const limits = { milliseconds: 600, megabytes: 128 };
  const root = mkdtempSync(join(folder, 'root-'));
  const own = await readIn(
    root,
    `${head}let n = 0;\nfor (const x of [1, 2]) n += x;\nwhile (n > 0) n++;\nexport default wf.workflow('w', {}, []);\n`,
    limits,
  );
  assert.deepEqual(own.marks, ['typescript-endless: while (n > 0)']);
  assert.match(own.problems[0]!.message.en, /0\.6 s/);
  writeFileSync(join(root, 'slow.ts'), 'export const x = 1;\nfor (;;);\n');
  const other = await readIn(
    root,
    `${head}import { x } from './slow.ts';\nexport default wf.workflow('w', { description: String(x) }, []);\n`,
    limits,
  );
  assert.deepEqual(other.marks, ["typescript-endless: './slow.ts'"]);
});

test('a program that waits for ever is told so at once', async () => {
  const { marks } = await read(`${head}await new Promise(() => {});\nexport default wf.workflow('w', {}, []);\n`);
  assert.deepEqual(marks, ['typescript-endless: await new Promise(() => {})']);
});

test('memory is limited, and the loop that wants it is marked', async () => {
  const limits = { milliseconds: 20_000, megabytes: 32 };
  const root = mkdtempSync(join(folder, 'root-'));
  const { marks } = await readIn(
    root,
    `${head}const all: string[] = [];\nfor (let i = 0; ; i++) all.push('x'.repeat(100) + i);\n`,
    limits,
  );
  assert.deepEqual(marks, ['typescript-memory: for (let i = 0; ; i++)']);
});

test('an evaluation that nobody wants any more is ended', async () => {
  const sandbox = createSandbox();
  const cancel = new AbortController();
  const program = { modules: [{ path: '/w.ts', code: 'for (;;);', imports: {} }] };
  const running = sandbox.evaluate(program, cancel.signal);
  cancel.abort();
  assert.deepEqual(await running, { kind: 'cancelled' });
  sandbox.dispose();
});
