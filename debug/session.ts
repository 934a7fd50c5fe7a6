// One debug session: the client's requests on one side, a run of the engine on the other. The engine decides what is held; the session
// turns that into stops, and the client's wishes into calls.
import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { startsOf } from '../core/run/hold.ts';
import type { RunEvent } from '../core/run/events.ts';
import type { RunState } from '../core/run/reduce.ts';
import { isEndedRun, isFailedStep } from '../core/run/status.ts';
import type { Client } from '../remote/client.ts';
import { type AttachArguments, findRunning } from './attach.ts';
import { createBreakpoints, isSameFile, sourceOf, type Surroundings } from './breakpoints.ts';
import { capabilitiesIn } from './capabilities.ts';
import { type FollowedRun, followRun } from './followed-run.ts';
import { createInspection } from './inspection.ts';
import { type LaunchArguments, type Prepared, prepare } from './launch.ts';
import { logPointText } from './log-points.ts';
import { narrate } from './narrate.ts';
import { createPrograms, type Program } from './program.ts';
import type { Reply, RequestHandler } from './serve.ts';
import { type Cause, createStops, type Stops } from './stops.ts';
import { type Say, sayIn } from './texts.ts';

export interface SessionHost {
  send(event: string, body?: object): void;
  /** The client is done with this session. */
  ended(): void;
}

export interface Session {
  readonly handlers: Readonly<Record<string, RequestHandler>>;
  /** The file that is debugged, as the client calls it; undefined before it is known. */
  file(): string | undefined;
  /** Lets go of everything; the run stays as it is. */
  close(): void;
}

/** A run is one thread. */
const threadId = 1;

interface Launched {
  readonly prepared: Prepared;
  readonly given: LaunchArguments;
}

/** A run that is followed, and whether it is shown as stopped. */
interface Current {
  readonly run: FollowedRun;
  readonly stops: Stops;
}

export function createSession(host: SessionHost): Session {
  let client = { bases: { line: 1, column: 1 }, pages: false, invalidates: false };
  let speak: Say = sayIn(undefined);
  const say: Say = (text) => speak(text);
  let keepsFailures = false;
  let configured = false;
  let launched: Launched | undefined;
  /** The file that is debugged, as the client calls it. */
  let file: string | undefined;
  /** What the file held when it was looked at last. */
  let known: Program | undefined;
  let current: Current | undefined;
  /** Log points one after the other, as their steps began. */
  let printed: Promise<void> = Promise.resolve();
  /** Breakpoints one request after the other: the engine keeps what it got last. */
  let sent: Promise<unknown> = Promise.resolve();
  /** What a disconnect that says nothing means. */
  let outlives = false;
  let watcher: FSWatcher | undefined;
  const programs = createPrograms();
  const breakpoints = createBreakpoints(() => client.bases, say);
  const inspection = createInspection({
    run: () => theRun().run,
    program,
    top: () => theRun().stops.now()?.top,
    changed() {
      if (client.invalidates) host.send('invalidated', { areas: ['variables'], threadId });
    },
    say,
    client: () => client,
  });

  function theRun(): Current {
    if (!current) throw new Error('The run has not begun yet.');
    return current;
  }

  function program(): Promise<Program> {
    return programs.of(file!);
  }

  function tell(text: string, category: string, at?: object): void {
    host.send('output', { category, output: text.endsWith('\n') ? text : `${text}\n`, ...at });
  }

  // ---- the run's side

  function follow(api: Client, from: Parameters<typeof followRun>[1]): Current {
    host.send('thread', { reason: 'started', threadId });
    const run = followRun(api, from, {
      event(event, state) {
        if (current?.run !== run) return;
        narrated(event, state);
        printLogPoints(event, state);
        stops.event(event, state);
      },
      log: (step, text) => current?.run === run && tell(text, 'stdout', placeOf(step)),
      lost(error) {
        if (current?.run !== run) return;
        tell(`The run cannot be followed any more: ${error.message}`, 'stderr');
        host.send('terminated');
      },
    });
    const stops = createStops({
      state: run.state,
      settled: run.settled,
      keepsFailures: () => keepsFailures && !launched?.given.noDebug,
      stopped: onStopped,
      continued() {
        inspection.clear();
        host.send('continued', { threadId, allThreadsContinued: true });
      },
      ended(state) {
        inspection.clear();
        void Promise.all([run.logsTold(), printed]).then(() => {
          if (current?.run !== run) return;
          host.send('exited', { exitCode: state.status === 'completed' ? 0 : 1 });
          host.send('terminated');
        });
      },
      trouble: (error) => tell(error.message, 'stderr'),
    });
    current = { run, stops };
    return current;
  }

  function narrated(event: RunEvent, state: RunState): void {
    const line = narrate(event, state);
    if (line) tell(line.text, line.category, 'step' in event && event.step !== undefined ? placeOf(event.step) : undefined);
  }

  /** Where the step stands in the file as it was read last, for what is said about it. */
  function placeOf(step: string): object | undefined {
    const place = known?.steps.find(({ name }) => name === step);
    return place && { source: sourceOf(known!.file), line: place.line + client.bases.line };
  }

  function printLogPoints(event: RunEvent, state: RunState): void {
    if ((event.type !== 'step.submitting' && event.type !== 'step.decided') || launched?.given.noDebug) return;
    const step = state.steps.find(({ name }) => name === event.step)!;
    for (const point of breakpoints.logPointsOf(event.step)) {
      const text = logPointText(point, startsOf(step), inspection.textOf);
      printed = printed.then(async () => {
        const said = await text;
        if (said !== undefined) tell(said, 'console', placeOf(event.step));
      });
    }
  }

  function onStopped({ reason, step, text, more }: Cause): void {
    const ids = reason === 'breakpoint' && step !== undefined ? breakpoints.idsOf(step) : [];
    host.send('stopped', {
      reason,
      threadId,
      allThreadsStopped: true,
      ...(more && { preserveFocusHint: true }),
      ...(text !== undefined && { text }),
      ...(ids.length > 0 && { hitBreakpointIds: ids }),
    });
  }

  // ---- breakpoints

  /** `other`: a file to look at while the debugged one is not known. */
  async function surroundings(other?: string): Promise<Surroundings> {
    const from = file ?? other;
    if (from === undefined || (file !== undefined && other !== undefined && !isSameFile(file, other))) {
      return { file, program: undefined, inRun: undefined };
    }
    const read = await programs.of(from).catch(() => undefined);
    const steps = current?.run.state().steps;
    return { file, program: read, inRun: steps && new Set(steps.map(({ name }) => name)) };
  }

  /** The file or the run is another one. */
  async function lookAgain(): Promise<void> {
    const now = await surroundings();
    known = now.program;
    for (const breakpoint of breakpoints.look(now)) host.send('breakpoint', { reason: 'changed', breakpoint });
  }

  const forRun = () => (launched?.given.noDebug ? [] : breakpoints.forRun());

  async function sendBreakpoints(): Promise<void> {
    const run = current?.run;
    if (!run || launched?.given.noDebug) return;
    const sending = sent.catch(() => {}).then(() => (isEndedRun(run.state().status) ? undefined : run.setBreakpoints(forRun())));
    sent = sending;
    await sending;
  }

  /** Breakpoints go with their steps when the file is saved. */
  function watchFile(path: string): void {
    watcher?.close();
    watcher = watch(dirname(path), (_, name) => {
      if (name === null || name === basename(path)) lookAgain().catch(() => {});
    });
    watcher.on('error', () => {});
  }

  // ---- beginning and ending

  async function ready(given: LaunchArguments): Promise<Launched> {
    const name = given.file ?? given.program;
    if (name === undefined) throw new Error('The launch configuration lacks "file": the workflow file to debug.');
    file = resolve(given.cwd ?? '.', name);
    return { prepared: await prepare(await programs.fresh(file), given), given };
  }

  /** Answers what is to be called when the client has its answer. */
  async function begin({ prepared, given }: Launched): Promise<() => void> {
    await lookAgain();
    const debug = given.noDebug ? undefined : { breakpoints: forRun(), ...(given.stopOnEntry && { pauseAtStart: true }) };
    const id = await prepared.begin(debug);
    const { state } = await prepared.client.call('ShowRun', { path: { execution_id: id } });
    // Everything that happened is told: the events are read from the first one on.
    const { stops } = follow(prepared.client, { state: { ...state, seq: 0 }, seq: 0 });
    return (await stops.during(false, lookAgain)).answered;
  }

  /** When the client has launched and said all that it wants at first. */
  async function beginWhenReady(): Promise<Reply> {
    if (!launched || !configured || current) return {};
    try {
      return { after: await begin(launched) };
    } catch (error) {
      host.send('terminated');
      throw error;
    }
  }

  /** The run goes on, with nobody to hold it. */
  async function letGo(run: FollowedRun): Promise<void> {
    await run.setBreakpoints([]);
    await run.debug({ action: 'continue' });
  }

  /** Runs a request that lets the run go on. */
  async function goOn(work: (now: Current) => Promise<void>, body?: object): Promise<Reply> {
    const now = theRun();
    if (now.stops.hasFailed()) return { ...(body && { body }), after: now.stops.giveUp };
    const { answered } = await now.stops.during(true, () => work(now));
    inspection.clear();
    return { ...(body && { body }), after: answered };
  }

  const step = (): Promise<Reply> =>
    goOn(async ({ run, stops }) => {
      const { steps } = run.state();
      const top = stops.now()?.top;
      const held = steps.find((each) => each.held && each.name === top) ?? steps.find((each) => each.held);
      stops.stepOver(held?.name);
      await run.debug({ action: 'step', ...(held && { step: held.name }) });
    });

  const handlers: Readonly<Record<string, RequestHandler>> = {
    initialize(args: DebugProtocol.InitializeRequestArguments): Reply {
      client = {
        bases: { line: args.linesStartAt1 === false ? 0 : 1, column: args.columnsStartAt1 === false ? 0 : 1 },
        pages: args.supportsVariablePaging === true,
        invalidates: args.supportsInvalidatedEvent === true,
      };
      speak = sayIn(args.locale);
      return { body: capabilitiesIn(say), after: () => host.send('initialized') };
    },

    async launch(args: LaunchArguments): Promise<Reply> {
      outlives = args.outlives === true;
      launched = await ready(args);
      watchFile(file!);
      return beginWhenReady();
    },

    async attach(args: AttachArguments): Promise<Reply> {
      const { client: api, found, source } = await findRunning(args);
      file = source;
      outlives = args.outlives === true;
      watchFile(source);
      const { stops } = follow(api, found);
      const { answered } = await stops.during(false, async () => {
        await lookAgain();
        await sendBreakpoints();
        if (found.state.steps.some(({ held }) => held)) stops.settle({ reason: 'pause' });
      });
      return {
        after() {
          // What is attached to was begun elsewhere: it cannot be begun anew from here.
          host.send('capabilities', { capabilities: { supportsRestartRequest: false } });
          answered();
        },
      };
    },

    /** The same file from its beginning, as it is now. */
    async restart({ arguments: again }: { readonly arguments?: LaunchArguments }): Promise<Reply> {
      const before = launched;
      if (!before) throw new Error('Only a run that was begun here can be begun anew.');
      launched = await ready({ ...before.given, ...again });
      const run = current?.run;
      current = undefined;
      await run?.stop();
      run?.close();
      inspection.clear();
      if (run) host.send('thread', { reason: 'exited', threadId });
      return beginWhenReady();
    },

    async setBreakpoints({ source, breakpoints: asked = [] }: DebugProtocol.SetBreakpointsArguments): Promise<Reply> {
      const path = resolve(source.path ?? '');
      const answers = breakpoints.set(path, asked, await surroundings(path));
      await sendBreakpoints();
      return { body: { breakpoints: answers } };
    },

    async setFunctionBreakpoints({ breakpoints: asked }: DebugProtocol.SetFunctionBreakpointsArguments): Promise<Reply> {
      const answers = breakpoints.setNamed(asked, await surroundings());
      await sendBreakpoints();
      return { body: { breakpoints: answers } };
    },

    setExceptionBreakpoints({ filters }: DebugProtocol.SetExceptionBreakpointsArguments): Reply {
      keepsFailures = filters.includes('failed');
      return {};
    },

    configurationDone(): Promise<Reply> {
      configured = true;
      return beginWhenReady();
    },

    threads(): Reply {
      const state = current?.run.state();
      return { body: { threads: [{ id: threadId, name: state ? `${state.workflowName} ${state.name}` : 'run' }] } };
    },

    ...inspection.handlers,

    continue: () => goOn(({ run }) => run.debug({ action: 'continue' }), { allThreadsContinued: true }),
    next: step,
    stepIn: step,
    stepOut: step,

    async pause(): Promise<Reply> {
      const { run, stops } = theRun();
      const { answered } = await stops.during(false, () => run.debug({ action: 'pause' }));
      return {
        after() {
          answered();
          // What runs goes on; the run is stopped all the same.
          if (!stops.now()) stops.settle({ reason: 'pause' });
        },
      };
    },

    /** The step and what follows from it are to run again. */
    async restartFrame({ frameId }: DebugProtocol.RestartFrameArguments): Promise<Reply> {
      const { run, stops } = theRun();
      const again = run.state().steps[frameId - 1];
      if (!again) throw new Error(`The run has no frame ${frameId}.`);
      const { answered } = await stops.during(false, async () => {
        const hadFailed = stops.hasFailed();
        stops.restart(again.name);
        try {
          await run.debug({ action: 'rerun', step: again.name });
        } catch (error) {
          stops.restart(undefined);
          throw error;
        }
        // An ended run forgets its breakpoints.
        if (hadFailed) await sendBreakpoints();
      });
      inspection.clear();
      return { after: answered };
    },

    exceptionInfo(): Reply {
      const failed = theRun()
        .run.state()
        .steps.find(({ status }) => isFailedStep(status));
      const body = {
        exceptionId: failed?.error?.code ?? 'failed',
        description: failed ? `${failed.name}: ${failed.error?.message ?? failed.status}` : 'The run has failed.',
        breakMode: 'unhandled',
      };
      return { body };
    },

    async terminate(): Promise<Reply> {
      if (!current) return {};
      const { run, stops } = current;
      if (stops.hasFailed()) return { after: stops.giveUp };
      const { answered } = await stops.during(false, () => run.stop());
      return { after: answered };
    },

    /** Ends what was begun here, lets go of what was attached to, unless the client says what it wants, or the run outlives it. */
    async disconnect(asked: DebugProtocol.DisconnectArguments): Promise<Reply> {
      const run = current?.run;
      // The client does not listen any more.
      current = undefined;
      const { terminateDebuggee: ends = outlives ? undefined : launched !== undefined, suspendDebuggee, restart } = asked;
      const stays = suspendDebuggee === true || restart === true || ends === undefined;
      if (run && !isEndedRun(run.state().status) && !stays) await (ends ? run.stop() : letGo(run));
      run?.close();
      return { after: host.ended };
    },
  };

  return {
    handlers,
    file: () => file,
    close() {
      current?.run.close();
      watcher?.close();
    },
  };
}
