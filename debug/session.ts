// One debug session: the client's requests on one side, a run of the engine on the other. The engine decides what is held; the session
// turns that into stops, frames and variables, and the client's wishes into calls.
import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { HoldReason, RunEvent } from '../core/run/events.ts';
import type { RunState } from '../core/run/reduce.ts';
import { isEndedRun, isFailedStep } from '../core/run/status.ts';
import { workspaceRoot } from '../loader/workspace-root.ts';
import type { Client } from '../remote/client.ts';
import { findEngine } from '../remote/local.ts';
import { createBreakpoints } from './breakpoints.ts';
import { capabilities } from './capabilities.ts';
import { completionsFor } from './completions.ts';
import { type FollowedRun, followRun } from './followed-run.ts';
import { type LaunchArguments, type Prepared, prepare } from './launch.ts';
import { narrate } from './narrate.ts';
import { pathOf } from './paths.ts';
import { createPrograms, openProgram, type Program } from './program.ts';
import type { Reply, RequestHandler } from './serve.ts';
import { framesOf } from './stack.ts';
import { type Change, createVariables, valueOf } from './variables.ts';

export interface SessionHost {
  send(event: string, body?: object): void;
  /** The client is done with this session. */
  ended(): void;
}

export interface Session {
  readonly handlers: Readonly<Record<string, RequestHandler>>;
  /** Lets go of everything; the run stays as it is. */
  close(): void;
}

export interface AttachArguments {
  /** Id or name of a run of the engine of the file's folder. */
  readonly run: string;
  /** A workflow file or folder of the workspace; the current folder when absent. */
  readonly file?: string;
  readonly editorFolder?: string;
}

/** A run is one thread. */
const threadId = 1;

interface Cause {
  readonly reason: HoldReason | 'exception';
  /** The step that it is about. */
  readonly step?: string;
  readonly text?: string;
}

export function createSession(host: SessionHost): Session {
  let lineBase = 1;
  let invalidates = false;
  let stopOnFailure = false;
  let configured = false;
  let launched: { readonly program: Program; readonly prepared: Prepared; readonly given: LaunchArguments } | undefined;
  let attached = false;
  let file: string | undefined;
  let run: FollowedRun | undefined;
  /** What the client shows as stopped; undefined while the run goes on. */
  let stopped: { readonly top: string | undefined } | undefined;
  /** A stop that is told when the engine's turn is known to be over. */
  let pending: Cause | undefined;
  let stepping: string | undefined;
  let restarting: string | undefined;
  /** The run failed and is kept open. */
  let failed = false;
  const watchers = new Map<string, FSWatcher>();
  const programOf = createPrograms();
  const breakpoints = createBreakpoints(() => lineBase);
  const variables = createVariables((expression) => theRun().evaluate(expression));

  function theRun(): FollowedRun {
    if (!run) throw new Error('The run has not begun yet.');
    return run;
  }

  function program(): Promise<Program> {
    return programOf(file!);
  }

  function tell(text: string, category: string): void {
    host.send('output', { category, output: text.endsWith('\n') ? text : `${text}\n` });
  }

  // ---- the run's side

  function follow(client: Client, from: Parameters<typeof followRun>[1]): void {
    host.send('thread', { reason: 'started', threadId });
    run = followRun(client, from, {
      event: onEvent,
      log: (text) => tell(text, 'stdout'),
      lost(error) {
        tell(`The run cannot be followed any more: ${error.message}`, 'stderr');
        host.send('terminated');
      },
    });
  }

  function onEvent(event: RunEvent, state: RunState): void {
    const line = narrate(event, state);
    if (line) tell(line.text, line.category);
    switch (event.type) {
      case 'step.held':
        return onHeld(event.step, event.reason, event.message);
      case 'step.ended':
        if (event.step === stepping) settle({ reason: 'step' });
        return;
      case 'run.failed':
        if (stopOnFailure) {
          failed = true;
          return settle(failureOf(state));
        }
        return end(state);
      case 'run.completed':
      case 'run.stopped':
        return end(state);
    }
  }

  function onHeld(step: string, reason: HoldReason, text: string | undefined): void {
    if (restarting === step) {
      restarting = undefined;
      return settle({ reason: 'restart', step });
    }
    // A step over ends with its step; a breakpoint elsewhere ends it sooner.
    if (stepping !== undefined && stepping !== step && reason !== 'breakpoint') return;
    settle({ reason, step, ...(text !== undefined && { text }) });
  }

  /** Stops once for all that one turn of the engine held. */
  function settle(cause: Cause): void {
    if (pending) return;
    pending = cause;
    theRun()
      .settled()
      .then(
        () => {
          pending = undefined;
          const state = theRun().state();
          if (isEndedRun(state.status) && !failed) return;
          const step = cause.step ?? state.steps.find((each) => each.held)?.name;
          stop({ ...cause, ...(step !== undefined && { step }) });
        },
        (error: Error) => tell(error.message, 'stderr'),
      );
  }

  function stop({ reason, step, text }: Cause): void {
    const more = stopped !== undefined && reason !== 'restart' && reason !== 'exception';
    stepping = undefined;
    if (!more) stopped = { top: step };
    const ids = reason === 'breakpoint' && step !== undefined ? breakpoints.idsOf(file!, step) : [];
    host.send('stopped', {
      reason,
      threadId,
      allThreadsStopped: true,
      ...(more && { preserveFocusHint: true }),
      ...(text !== undefined && { text }),
      ...(ids.length > 0 && { hitBreakpointIds: ids }),
    });
  }

  function end(state: RunState): void {
    goOn();
    void theRun()
      .logsTold()
      .then(() => {
        host.send('exited', { exitCode: state.status === 'completed' ? 0 : 1 });
        host.send('terminated');
      });
  }

  function goOn(): void {
    stopped = undefined;
    variables.clear();
  }

  // ---- the client's side

  async function begin(): Promise<void> {
    if (!launched || !configured || run) return;
    const { prepared, program: source, given } = launched;
    const debug = given.noDebug
      ? undefined
      : { breakpoints: breakpoints.of(source.file), ...(given.stopOnEntry && { pauseAtStart: true }) };
    let id: string;
    try {
      id = await prepared.begin(debug);
    } catch (error) {
      host.send('terminated');
      throw error;
    }
    const { state } = await prepared.client.call('ShowRun', { path: { execution_id: id } });
    // Everything that happened is told: the events are read from the first one on.
    follow(prepared.client, { state: { ...state, seq: 0 }, seq: 0 });
  }

  async function attach({ run: name, file: start = '.', editorFolder }: AttachArguments): Promise<void> {
    const root = workspaceRoot(resolve(start), editorFolder);
    const engine = await findEngine(root);
    if (!engine) throw new Error(`No engine runs for ${root}, so there is no run to attach to.`);
    const all = await engine.client.call('ListRuns');
    const found = all.findLast(({ state }) => state.id === name || state.name === name);
    if (!found) throw new Error(`The engine of ${root} has no run "${name}".`);
    if (isEndedRun(found.state.status)) throw new Error(`Run "${name}" has ended (${found.state.status}).`);
    if (found.state.source === undefined) throw new Error(`Run "${name}" does not say which file it was begun from.`);
    file = found.state.source;
    attached = true;
    watchFile(file);
    follow(engine.client, found);
    await run!.setBreakpoints(breakpoints.of(file));
    if (found.state.steps.some(({ held }) => held)) settle({ reason: 'pause' });
  }

  /** Breakpoints go with their steps when the file is saved. */
  function watchFile(path: string): void {
    if (watchers.has(path)) return;
    const watcher = watch(dirname(path), (_, name) => {
      if (name !== null && name !== basename(path)) return;
      programOf(path).then(
        (now) => {
          for (const breakpoint of breakpoints.moved(now)) host.send('breakpoint', { reason: 'changed', breakpoint });
        },
        () => {},
      );
    });
    watcher.on('error', () => {});
    watchers.set(path, watcher);
  }

  async function set({ target, value }: Change): Promise<unknown> {
    const { section, name } = target;
    const given = [{ name, value }];
    await theRun().setValues(section === 'parameters' ? { parameters: given } : { data_requirements: given });
    if (invalidates) host.send('invalidated', { areas: ['variables'], threadId });
    return theRun()
      .state()
      .values[section].find((each) => each.name === name)?.value;
  }

  /** Names alone are what stands in the file under the mouse; in the console `parameters.x = 3` sets. */
  async function evaluate(expression: string, context: string | undefined): Promise<unknown> {
    const assignment = /^\s*(parameters|data)\.([\p{L}\p{M}\p{N}_-]+)\s*=(?!=)\s*(.+)$/su.exec(expression);
    if (context === 'repl' && assignment) {
      const [, section, name, text] = assignment;
      return set({ target: { section: section as 'parameters' | 'data', name: name! }, value: valueOf(text!.trim()) });
    }
    const { workflow } = await program();
    const bare = expression.trim();
    for (const section of ['parameters', 'data'] as const) {
      if (workflow[section].some(({ name }) => name.text === bare)) return theRun().evaluate(pathOf(section, bare));
    }
    return theRun().evaluate(expression);
  }

  async function step(): Promise<Reply> {
    if (failed) return leave();
    const { state, debug } = theRun();
    const held = state().steps.find((each) => each.held && each.name === stopped?.top) ?? state().steps.find((each) => each.held);
    goOn();
    stepping = held?.name;
    await debug({ action: 'step', ...(held && { step: held.name }) });
    return {};
  }

  /** A run that failed is not kept open any longer. */
  function leave(): Reply {
    failed = false;
    return { after: () => end(theRun().state()) };
  }

  const handlers: Readonly<Record<string, RequestHandler>> = {
    initialize(args: DebugProtocol.InitializeRequestArguments): Reply {
      lineBase = args.linesStartAt1 === false ? 0 : 1;
      invalidates = args.supportsInvalidatedEvent === true;
      return { body: capabilities, after: () => host.send('initialized') };
    },

    async launch(args: LaunchArguments): Promise<Reply> {
      const name = args.file ?? args.program;
      if (name === undefined) throw new Error('The launch configuration lacks "file": the workflow file to debug.');
      const opened = await openProgram(name, args.cwd);
      file = opened.file;
      const prepared = await prepare(opened, args);
      launched = { program: opened, prepared, given: args };
      watchFile(opened.file);
      await begin();
      return {};
    },

    async attach(args: AttachArguments): Promise<Reply> {
      await attach(args);
      return {};
    },

    async setBreakpoints({ source, breakpoints: asked = [] }: DebugProtocol.SetBreakpointsArguments): Promise<Reply> {
      const path = resolve(source.path ?? '');
      let opened: Program | undefined;
      try {
        opened = await programOf(path);
        watchFile(path);
      } catch {
        // Told by each breakpoint: it is at no step.
      }
      const answers = breakpoints.set(path, opened, asked);
      if (run && path === file && !isEndedRun(run.state().status)) await run.setBreakpoints(breakpoints.of(path));
      return { body: { breakpoints: answers } };
    },

    setExceptionBreakpoints({ filters }: DebugProtocol.SetExceptionBreakpointsArguments): Reply {
      stopOnFailure = filters.includes('failed');
      return {};
    },

    async configurationDone(): Promise<Reply> {
      configured = true;
      await begin();
      return {};
    },

    threads(): Reply {
      const state = run?.state();
      return { body: { threads: [{ id: threadId, name: state ? `${state.workflowName} ${state.name}` : 'run' }] } };
    },

    async stackTrace({ startFrame = 0, levels = 0 }: DebugProtocol.StackTraceArguments): Promise<Reply> {
      const now = await program();
      const frames = framesOf(theRun().state(), now, lineBase, stopped?.top);
      const end = levels > 0 ? startFrame + levels : undefined;
      return { body: { stackFrames: frames.slice(startFrame, end), totalFrames: frames.length } };
    },

    async scopes(): Promise<Reply> {
      return { body: { scopes: variables.scopes(() => theRun().state(), await program()) } };
    },

    async variables({ variablesReference, start = 0, count = 0 }: DebugProtocol.VariablesArguments): Promise<Reply> {
      const all = await variables.children(variablesReference);
      return { body: { variables: all.slice(start, count > 0 ? start + count : undefined) } };
    },

    async setVariable({ variablesReference, name, value }: DebugProtocol.SetVariableArguments): Promise<Reply> {
      await set(await variables.change(variablesReference, name, value));
      const now = (await variables.children(variablesReference)).find((each) => each.name === name);
      const shown = now ?? variables.show(valueOf(value));
      return {
        body: { value: shown.value, variablesReference: shown.variablesReference, ...(shown.type && { type: shown.type }) },
      };
    },

    async evaluate({ expression, context }: DebugProtocol.EvaluateArguments): Promise<Reply> {
      const { value, ...rest } = variables.show(await evaluate(expression, context));
      return { body: { result: value, ...rest } };
    },

    async completions({ text, column, line = lineBase }: DebugProtocol.CompletionsArguments): Promise<Reply> {
      const lines = text.split('\n');
      const at = Math.min(line - lineBase, lines.length - 1);
      return { body: { targets: completionsFor(lines[at] ?? '', column - lineBase, theRun().state(), await program()) } };
    },

    async continue(): Promise<Reply> {
      if (failed) return { ...leave(), body: { allThreadsContinued: true } };
      goOn();
      await theRun().debug({ action: 'continue' });
      return { body: { allThreadsContinued: true } };
    },

    next: step,
    stepIn: step,
    stepOut: step,

    async pause(): Promise<Reply> {
      await theRun().debug({ action: 'pause' });
      return {
        after() {
          if (!stopped && !pending && !isEndedRun(theRun().state().status)) stop({ reason: 'pause' });
        },
      };
    },

    async restartFrame({ frameId }: DebugProtocol.RestartFrameArguments): Promise<Reply> {
      const again = theRun().state().steps[frameId - 1];
      if (!again) throw new Error(`The run has no frame ${frameId}.`);
      restarting = again.name;
      try {
        const wasFailed = failed;
        await theRun().debug({ action: 'rerun', step: again.name });
        failed = false;
        if (wasFailed) await theRun().setBreakpoints(breakpoints.of(file!));
      } catch (error) {
        restarting = undefined;
        throw error;
      }
      variables.clear();
      return {};
    },

    exceptionInfo(): Reply {
      const step = theRun()
        .state()
        .steps.find(({ status }) => isFailedStep(status));
      const body = { exceptionId: step?.error?.code ?? 'failed', description: step?.error?.message, breakMode: 'unhandled' };
      return { body };
    },

    async terminate(): Promise<Reply> {
      if (failed) return leave();
      await run?.stop();
      return {};
    },

    async disconnect({ terminateDebuggee = !attached }: DebugProtocol.DisconnectArguments): Promise<Reply> {
      if (run && !isEndedRun(run.state().status)) {
        if (terminateDebuggee) await run.stop();
        else {
          await run.setBreakpoints([]);
          await run.debug({ action: 'continue' });
        }
      }
      return { after: host.ended };
    },
  };

  return {
    handlers,
    close() {
      run?.close();
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function failureOf({ steps }: RunState): Cause {
  const step = steps.find(({ status }) => isFailedStep(status));
  return {
    reason: 'exception',
    ...(step && { step: step.name, text: `${step.name}: ${step.error?.message ?? step.status}` }),
  };
}
