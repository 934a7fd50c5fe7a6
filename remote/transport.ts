// The only outbound HTTP: time-outs, retry with backoff, cancellation. Knows no routes.
// T1. A call that is not idempotent is sent once: whoever gets no answer to it has to look before repeating. Only a call that the
//     gateway turned away for its rate (429) never reached the service, and is sent again whatever it is.
import type { Sign } from './signing.ts';
import { RemoteError, toRemoteError } from './errors.ts';

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Adds what proves who asks, anew for each attempt. */
  readonly sign?: Sign;
  readonly body?: string | Uint8Array;
  /** Instead of `body`: opened for each attempt. Send its `content-length` with it. */
  readonly stream?: () => ReadableStream<Uint8Array>;
  readonly idempotent: boolean;
  /** Until the headers of the answer are there. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

export const defaultRetry: RetryPolicy = { attempts: 4, firstDelayMs: 100, longestDelayMs: 5_000 };

/** Answers of 2xx only; anything else rejects with RemoteError. An abort by the caller rejects with the signal's reason. */
export function send(exchange: Exchange, retry: RetryPolicy = defaultRetry): Promise<Response> {
  return sendAndRead(exchange, retry, undefined);
}

/** Reads the answer as part of the attempt: one that breaks off in its middle counts as none, and the time-out holds for all of it. */
export function exchange<T>(
  request: Exchange,
  retry: RetryPolicy,
  read: (response: Response) => T | Promise<T>,
): Promise<Awaited<T>> {
  return sendAndRead(request, retry, read) as Promise<Awaited<T>>;
}

type Read = ((response: Response) => unknown) | undefined;

async function sendAndRead(exchange: Exchange, retry: RetryPolicy, read: Read): Promise<never> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await sendOnce(exchange, read)) as never;
    } catch (error) {
      if (attempt >= retry.attempts || !(error instanceof RemoteError) || !mayPass(error, exchange.idempotent)) throw error;
      await pause(delayOf(attempt, error, retry), exchange.signal);
    }
  }
}

/** Resolves after `ms`; rejects with the signal's reason on abort. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(done, ms);
    function stop() {
      clearTimeout(timer);
      reject(signal!.reason);
    }
    function done() {
      signal?.removeEventListener('abort', stop);
      resolve();
    }
    signal?.addEventListener('abort', stop, { once: true });
  });
}

async function sendOnce(exchange: Exchange, read: Read): Promise<unknown> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), exchange.timeoutMs);
  const signal = exchange.signal ? AbortSignal.any([exchange.signal, deadline.signal]) : deadline.signal;
  let response: Response | undefined;
  try {
    response = await fetch(exchange.url, {
      method: exchange.method,
      headers: exchange.sign ? exchange.sign(exchange) : exchange.headers,
      redirect: 'error',
      signal,
      ...(exchange.body !== undefined && { body: exchange.body as Uint8Array<ArrayBuffer> }),
      ...(exchange.stream && { body: exchange.stream(), duplex: 'half' }),
    });
    if (response.ok) return read ? await read(response) : response;
    throw await refusal(response);
  } catch (cause) {
    if (exchange.signal?.aborted) throw exchange.signal.reason;
    if (cause instanceof RemoteError) throw cause;
    const where = new URL(exchange.url).host;
    if (deadline.signal.aborted) {
      throw new RemoteError(0, 'timeout', `${where} did not answer within ${exchange.timeoutMs} ms.`, undefined, { cause });
    }
    const what = response ? 'broke off in the middle of its answer' : 'cannot be reached';
    throw new RemoteError(0, 'network', `${where} ${what}: ${reasonOf(cause)}.`, undefined, { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function refusal(response: Response): Promise<RemoteError> {
  const error = toRemoteError(response.status, await response.text(), response.headers.get('x-request-id') ?? undefined);
  const after = response.headers.get('retry-after');
  if (after !== null && Number.isFinite(Number(after))) retryAfter.set(error, Number(after) * 1000);
  return error;
}

/** Milliseconds that the server asks to wait. */
const retryAfter = new WeakMap<RemoteError, number>();

function mayPass({ status }: RemoteError, idempotent: boolean): boolean {
  return status === 429 || (idempotent && (status === 0 || status === 502 || status === 503 || status === 504));
}

function delayOf(attempt: number, error: RemoteError, retry: RetryPolicy): number {
  const backoff = Math.min(retry.firstDelayMs * 2 ** (attempt - 1), retry.longestDelayMs);
  const asked = retryAfter.get(error);
  return asked === undefined ? backoff * (0.5 + Math.random() / 2) : Math.min(Math.max(asked, 0), 60_000);
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? ('code' in inner ? String(inner.code) : inner.message) : String(inner);
}
