// A DAP client over stdio, as an editor is one: the adapter is a process of its own. Keeps everything that came, for golden traces.
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { stopEngine } from '../../remote/local.ts';

const adapter = fileURLToPath(new URL('../../debug/main.ts', import.meta.url));

export interface DapClient {
  /** Rejects with the adapter's message where the request is refused. */
  request<Body = Record<string, never>>(command: string, args?: object): Promise<Body>;
  /** The next event of this kind that was not asked for yet. */
  event(name: string): Promise<Readonly<Record<string, unknown>>>;
  /** Requests, answers and events in order, without what differs from run to run. */
  readonly trace: readonly string[];
  /** What the debug console shows, the steps' lines left out. */
  console(): string;
  /** The same without what differs from run to run, with the line in the file that each text leads to. */
  steadyConsole(): string;
  /** Lines of steps. */
  lines(): string;
  /** `initialize` as VS Code says it, unless told otherwise. */
  initialize(more?: object): Promise<void>;
  /** `initialize`, `launch`, breakpoints of the one file, and the rest of the handshake. */
  start(
    launch: Record<string, unknown>,
    breakpoints?: readonly DebugProtocol.SourceBreakpoint[],
    filters?: readonly string[],
  ): Promise<DebugProtocol.Breakpoint[]>;
  /** Resolves when the line of a step is there. */
  line(text: string): Promise<void>;
  frames(): Promise<readonly DebugProtocol.StackFrame[]>;
  /** `line step (status)` of each frame, `>` before those that may be restarted. */
  stack(): Promise<readonly string[]>;
  /** Name -> variable of a scope of the first frame. */
  scope(name: string): Promise<{ readonly reference: number; readonly of: Readonly<Record<string, DebugProtocol.Variable>> }>;
  children(reference: number): Promise<Readonly<Record<string, DebugProtocol.Variable>>>;
  evaluate(expression: string, context?: string): Promise<string>;
  /** Resolves with the exit status of the adapter. */
  readonly exited: Promise<number | null>;
  kill(): void;
}

/** A folder whose engine is stopped, and that is removed, after the test. */
export function workspace(t: TestContext): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'weft-dap-')));
  t.after(async () => {
    await stopEngine(root);
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

export function openClient(t: TestContext, cwd: string, args: readonly string[] = [adapter]): DapClient {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(process.execPath, args, {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  t.after(async () => {
    child.stdin.end();
    await exited;
    assert.equal(errors, '');
  });

  const trace: string[] = [];
  const output: DebugProtocol.OutputEvent['body'][] = [];
  const answers = new Map<number, (response: DebugProtocol.Response) => void>();
  const events: { readonly name: string; readonly body: Readonly<Record<string, unknown>> }[] = [];
  const wanted: { readonly name: string; readonly resolve: (body: Readonly<Record<string, unknown>>) => void }[] = [];
  const printed: (() => void)[] = [];
  let seq = 0;
  let breakpointsOf: string | undefined;

  function receive(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      trace.push(
        `<- ${response.command}${response.success ? '' : ` refused: ${steady(response.message, cwd)}`}${bodyText(response, cwd)}`,
      );
      answers.get(response.request_seq)?.(response);
      return;
    }
    const { event: name, body = {} } = message as DebugProtocol.Event;
    if (name === 'output') {
      output.push(body as DebugProtocol.OutputEvent['body']);
      for (const resolve of printed.splice(0)) resolve();
      return;
    }
    trace.push(`<< ${name} ${steady(ordered(body), cwd)}`);
    const waiting = wanted.findIndex((each) => each.name === name);
    if (waiting >= 0) wanted.splice(waiting, 1)[0]!.resolve(body);
    else events.push({ name, body });
  }

  let bytes = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const head = bytes.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(bytes.subarray(0, head).toString())![1]);
      if (bytes.length < head + 4 + length) return;
      const text = bytes.subarray(head + 4, head + 4 + length).toString();
      bytes = bytes.subarray(head + 4 + length);
      receive(JSON.parse(text) as DebugProtocol.ProtocolMessage);
    }
  });

  const client: DapClient = {
    request(command, args) {
      const message = JSON.stringify({ seq: ++seq, type: 'request', command, arguments: args });
      const at = seq;
      trace.push(`-> ${command} ${steady(ordered(args ?? {}), cwd)}`);
      return new Promise((resolve, reject) => {
        answers.set(at, (response) => {
          answers.delete(at);
          if (response.success) resolve((response.body ?? {}) as never);
          else reject(new Error(response.message));
        });
        child.stdin.write(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
      });
    },
    event(name) {
      const at = events.findIndex((each) => each.name === name);
      if (at >= 0) return Promise.resolve(events.splice(at, 1)[0]!.body);
      return new Promise((resolve) => void wanted.push({ name, resolve }));
    },
    trace,
    console: () =>
      output
        .filter(({ category }) => category !== 'stdout')
        .map((each) => each.output)
        .join(''),
    steadyConsole: () =>
      output
        .filter(({ category }) => category !== 'stdout')
        .map(({ category, output: text, line }) => `[${category}${line === undefined ? '' : ` ${line}`}] ${steady(text, cwd)}`)
        .join(''),
    lines: () =>
      output
        .filter(({ category }) => category === 'stdout')
        .map((each) => each.output)
        .join(''),
    async initialize(more) {
      await client.request('initialize', {
        adapterID: 'weft',
        clientID: 'test',
        locale: 'en',
        linesStartAt1: true,
        columnsStartAt1: true,
        pathFormat: 'path',
        supportsInvalidatedEvent: true,
        supportsVariablePaging: true,
        ...more,
      });
      await client.event('initialized');
    },
    async start(launch, asked = [], filters = []) {
      await client.initialize();
      breakpointsOf = String(launch['file']);
      await client.request('launch', launch);
      const { breakpoints } = await client.request<DebugProtocol.SetBreakpointsResponse['body']>('setBreakpoints', {
        source: { path: breakpointsOf },
        breakpoints: asked,
      });
      await client.request('setExceptionBreakpoints', { filters });
      await client.request('configurationDone');
      return breakpoints;
    },
    async line(text) {
      while (!client.lines().split('\n').includes(text)) await new Promise<void>((resolve) => void printed.push(resolve));
    },
    async frames() {
      return (await client.request<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 })).stackFrames;
    },
    async stack() {
      return (await client.frames()).map(({ line, name, canRestart }) => `${canRestart ? '> ' : ''}${line} ${name}`);
    },
    async scope(name) {
      const { stackFrames } = await client.request<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId: 1 });
      const { scopes } = await client.request<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: stackFrames[0]!.id });
      const reference = scopes.find((each) => each.name === name)!.variablesReference;
      return { reference, of: await client.children(reference) };
    },
    async children(reference) {
      const { variables } = await client.request<DebugProtocol.VariablesResponse['body']>('variables', {
        variablesReference: reference,
      });
      return Object.fromEntries(variables.map((variable) => [variable.name, variable]));
    },
    async evaluate(expression, context = 'watch') {
      return (await client.request<DebugProtocol.EvaluateResponse['body']>('evaluate', { expression, context })).result;
    },
    exited,
    kill: () => void child.kill('SIGKILL'),
  };
  return client;
}

/** The body of an answer; that of a refusal says the same as its message, and capabilities have a trace of their own. */
function bodyText({ command, body, success }: DebugProtocol.Response, cwd: string): string {
  return success && body !== undefined && command !== 'initialize' ? ` ${steady(ordered(body), cwd)}` : '';
}

/** JSON with members in the order of their names. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

/** Without what differs from run to run. */
export function steady(text: string | undefined, cwd: string): string {
  return (text ?? '')
    .replaceAll(cwd, '~')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\b[0-9a-f]{32}\b/g, 'ID');
}
