// `weft debug` in a terminal: what is typed becomes requests of the same session that editors have, what comes back becomes lines.
// Lines that come from a file or a pipe are taken one by one, each when the run has stopped.
import { readFileSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  type Completion,
  type Frame,
  openSession,
  type Output,
  type Scope,
  type Stopped,
  type Variable,
} from '../../debug/in-process.ts';
import { type Console, say, UsageError } from '../command.ts';
import { createBreakpointList } from './breakpoint-list.ts';
import { readLine, type Typed, verbs } from './verbs.ts';

export interface TerminalRun {
  readonly begin:
    | { readonly request: 'launch'; readonly args: object; readonly breakpoints: readonly string[] }
    | { readonly request: 'attach'; readonly args: object };
  /** Names of the steps, for completion. */
  readonly steps: readonly string[];
}

const prompt = '(weft) ';

/** Resolves with the exit code: 0 where the run completed or was left, 1 where it did not complete. */
export function debugInTerminal({ begin, steps }: TerminalRun, input: Readable, console: Console): Promise<number> {
  const done = Promise.withResolvers<number>();
  let state: 'running' | 'stopped' | 'ended' = 'running';
  let code = 1;
  let handling = false;
  let inputEnded = false;
  let lastVerb = '';
  const typed: string[] = [];
  const session = openSession(onEvent, () => done.resolve(code));
  const breakpoints = createBreakpointList(session);
  const { request } = session;

  const lines: Interface = createInterface({
    input,
    ...(console.interactive && { output: process.stderr }),
    terminal: console.interactive,
    prompt,
    completer: (line: string, callback: (error: null, result: [string[], string]) => void) => {
      complete(line).then(
        (result) => callback(null, result),
        () => callback(null, [[], line]),
      );
    },
  });
  lines.on('line', (line) => {
    typed.push(line);
    void takeLines();
  });
  lines.on('close', () => {
    inputEnded = true;
    void takeLines();
  });
  lines.on('SIGINT', () => {
    if (state === 'running') request('pause', { threadId: 1 }).catch(complain);
    else {
      console.err('quit stops the run, detach lets it go on, leave lets it stay held\n');
      lines.prompt();
    }
  });
  console.signal.addEventListener('abort', () => quit().catch(done.reject));

  // ---- what the session says

  function onEvent(name: string, body: object): void {
    switch (name) {
      case 'output': {
        const { category, output } = body as Output;
        return category === 'stdout' ? console.out(output) : console.err(output);
      }
      case 'stopped':
        state = 'stopped';
        return void stopped(body as Stopped)
          .catch(complain)
          .then(takeLines);
      case 'continued':
        state = 'running';
        return;
      case 'exited':
        code = (body as { exitCode: number }).exitCode;
        return;
      case 'terminated':
        state = 'ended';
        return done.resolve(code);
    }
  }

  async function stopped({ reason, text }: Stopped): Promise<void> {
    if (reason === 'exception') {
      console.err(`The run has failed: ${text ?? ''}\nrerun the step, which holds it, and set values then; or quit\n`);
      return;
    }
    const [top] = await frames();
    if (top) console.err(placeOf(top));
  }

  const frames = async (): Promise<readonly Frame[]> =>
    (await request<{ stackFrames: readonly Frame[] }>('stackTrace', { threadId: 1 })).stackFrames;

  function placeOf(frame: Frame): string {
    const written = linesOf(frame)[frame.line - 1];
    return written === undefined ? `${frame.name}\n` : `${frame.source!.name}:${frame.line}  ${written}\n`;
  }

  /** Of the step's file; none where the step is not in it any more. */
  function linesOf({ source }: Frame): readonly string[] {
    return source?.path === undefined ? [] : readFileSync(source.path, 'utf8').split('\n');
  }

  // ---- what is typed

  async function takeLines(): Promise<void> {
    if (handling) return;
    handling = true;
    try {
      while (state !== 'ended') {
        const line = typed[0];
        if (line === undefined) {
          if (!inputEnded || state === 'running') break;
          await quit();
          return;
        }
        const read = readLine(line === '' ? lastVerb : line);
        if (state === 'running' && !read.atOnce) break;
        typed.shift();
        await obey(read).catch(complain);
      }
    } finally {
      handling = false;
    }
    if (state === 'stopped' && !inputEnded) lines.prompt();
  }

  async function obey({ verb, rest }: Typed): Promise<void> {
    lastVerb = verb === 'next' ? verb : '';
    switch (verb) {
      case 'continue':
        return resume(() => request('continue', { threadId: 1 }));
      case 'next':
        return resume(() => request('next', { threadId: 1 }));
      case 'rerun':
        return resume(async () => request('restartFrame', { frameId: (await frameOf(rest)).id }));
      case 'restart':
        return resume(() => request('restart', {}));
      case 'break':
        if (rest === '') return print(breakpoints.lines().join('\n') || 'no breakpoints');
        return print(await breakpoints.add(rest));
      case 'delete':
        return print(await breakpoints.remove(rest === '' ? undefined : Number(rest)));
      case 'print':
        return print(await valueOf(rest));
      case 'set': {
        const [, expression, value] = /^([^=]+?)\s*=\s*(.+)$/s.exec(rest) ?? [];
        if (expression === undefined) throw new UsageError('write set NAME = VALUE, such as set epochs = 3');
        // The session says what is set then.
        return void (await request('setExpression', { expression, value }));
      }
      case 'variables':
        return printVariables(await (rest === '' ? topFrame() : frameOf(rest)), rest === '');
      case 'where':
        return print((await frames()).map((frame) => `${frame.line}`.padStart(5) + `  ${frame.name}`).join('\n'));
      case 'list':
        return list(await (rest === '' ? topFrame() : frameOf(rest)));
      case 'pause':
        return void (await request('pause', { threadId: 1 }));
      case 'detach':
        code = 0;
        return void (await request('disconnect', { terminateDebuggee: false }));
      case 'leave':
        code = 0;
        return void (await request('disconnect', { terminateDebuggee: false, suspendDebuggee: true }));
      case 'quit':
        return quit();
      case 'help':
        return print(verbs.map(({ usage, text }) => `  ${usage.padEnd(36)}${say(console, text)}`).join('\n'));
      case undefined:
        if (rest !== '') {
          const { result } = await request<{ result: string }>('evaluate', { expression: rest, context: 'repl' });
          print(result);
        }
    }
  }

  /** The run goes on before the answer is there; what stops it comes after. */
  async function resume(go: () => Promise<unknown>): Promise<void> {
    state = 'running';
    try {
      await go();
    } catch (error) {
      if ((state as string) === 'running') state = 'stopped';
      throw error;
    }
  }

  async function quit(): Promise<void> {
    if (state === 'ended') return;
    await request('terminate', {});
  }

  async function topFrame(): Promise<Frame> {
    const [top] = await frames();
    if (!top) throw new UsageError('no step has been reached yet');
    return top;
  }

  async function frameOf(step: string): Promise<Frame> {
    const all = await frames();
    const found = all.find(({ name }) => name === step || name.startsWith(`${step} (`));
    if (found) return found;
    const reached = all.map(({ name }) => name.replace(/ \(\w+\)$/, '')).join(', ') || 'none';
    throw new UsageError(`step "${step}" has not been reached; these have been: ${reached}`);
  }

  /** A value as a whole; of a step its members. */
  async function valueOf(expression: string): Promise<string> {
    if (expression === '') throw new UsageError('write print EXPRESSION, such as print parameters.epochs');
    const shown = await request<{ result: string; variablesReference: number }>('evaluate', { expression, context: 'watch' });
    const { result } = await request<{ result: string }>('evaluate', { expression, context: 'clipboard' });
    if (shown.variablesReference === 0 || /^[[{]/.test(result)) return result;
    const members = (await children(shown.variablesReference)).map(({ name, value }) => `\n  ${name} = ${value}`);
    return result + members.join('');
  }

  const children = async (variablesReference: number): Promise<readonly Variable[]> =>
    (await request<{ variables: readonly Variable[] }>('variables', { variablesReference })).variables;

  async function printVariables({ id }: Frame, all: boolean): Promise<void> {
    const { scopes } = await request<{ scopes: readonly Scope[] }>('scopes', { frameId: id });
    for (const { name, variablesReference } of scopes.slice(0, all ? undefined : 1)) {
      const members = await children(variablesReference);
      if (members.length > 0) print([name, ...members.map((each) => `  ${each.name} = ${each.value}`)].join('\n'));
    }
  }

  /** The step's lines, until the next step or less indented text begins. */
  function list(frame: Frame): void {
    const { line } = frame;
    const all = linesOf(frame);
    const indent = (text: string) => /^\s*/.exec(text)![0].length;
    const first = all[line - 1] ?? '';
    let last = line;
    while (last < all.length && last < line + 30 && (all[last]!.trim() === '' || indent(all[last]!) > indent(first))) last++;
    const part = all.slice(line - 1, last);
    while (part.at(-1)?.trim() === '') part.pop();
    print(part.map((text, index) => `${line + index}`.padStart(5) + `  ${text}`).join('\n'));
  }

  async function complete(line: string): Promise<[string[], string]> {
    const [, verb, rest] = /^\s*(\S+)\s+(.*)$/s.exec(line) ?? [];
    if (rest === undefined) {
      const all = verbs.map(({ name, usage }) => (usage === name ? name : `${name} `));
      return [all.filter((name) => name.startsWith(line)), line];
    }
    const { verb: known } = readLine(verb!);
    if (known === 'rerun' || known === 'list' || known === 'variables' || (known === 'break' && !rest.includes(' if '))) {
      return [steps.filter((name) => name.startsWith(rest)), rest];
    }
    const { targets } = await request<{ targets: readonly Completion[] }>('completions', {
      text: rest,
      column: rest.length + 1,
    });
    const from = (targets[0]?.start ?? rest.length + 1) - 1;
    return [targets.map(({ label, text = label }) => text), rest.slice(from)];
  }

  function print(text: string): void {
    console.out(`${text}\n`);
  }

  function complain(error: unknown): void {
    console.err(`weft: ${error instanceof Error ? error.message : String(error)}\n`);
  }

  async function start(): Promise<void> {
    await request('initialize', { adapterID: 'weft', locale: console.language });
    await request(begin.request, begin.args);
    if (begin.request === 'launch') {
      for (const text of begin.breakpoints) await breakpoints.add(text);
    }
    await request('setExceptionBreakpoints', { filters: ['failed'] });
    await request('configurationDone');
  }

  start().catch(done.reject);
  return done.promise.finally(() => {
    lines.close();
    session.close();
  });
}
