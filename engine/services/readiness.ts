// When a server answers: asked again and again until it does, it has ended, or the time is up.
import { get } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Readiness {
  readonly port: number;
  /** Asked with GET; undefined: that the port can be connected to is enough. */
  readonly path: string | undefined;
  /** Only an answer below 300 counts; else any below 500. */
  readonly strict: boolean;
  readonly limitMs: number;
}

const firstPauseMs = 20;
const longestPauseMs = 250;
const answerMs = 5_000;

/** True when it answered; false when the time is up. Rejects with the signal's reason. */
export async function becomesReady({ port, path, strict, limitMs }: Readiness, signal: AbortSignal): Promise<boolean> {
  const end = performance.now() + limitMs;
  for (let wait = firstPauseMs; ; wait = Math.min(wait * 1.5, longestPauseMs)) {
    signal.throwIfAborted();
    const status = path === undefined ? await connects(port) : await ask(port, path, signal);
    if (status !== undefined && status < (strict ? 300 : 500)) return true;
    if (performance.now() >= end) return false;
    await pause(wait, undefined, { signal });
  }
}

/** Free at this moment, on loopback: the preferred one where it is. */
export async function freePort(preferred = 0): Promise<number> {
  const server = createServer();
  const listening = new Promise<void>((resolve, reject) => server.once('error', reject).listen(preferred, '127.0.0.1', resolve));
  try {
    await listening;
  } catch (error) {
    if (preferred === 0) throw error;
    return await freePort();
  }
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function connects(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(200);
    });
    socket.on('error', () => resolve(undefined));
  });
}

/** The status of an answer; undefined where nobody answered. */
function ask(port: number, path: string, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path, agent: false, timeout: answerMs, signal }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
    request.on('close', () => resolve(undefined));
  });
}
