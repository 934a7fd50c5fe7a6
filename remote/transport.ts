// The only outbound HTTP: time-outs, retry with backoff, cancellation. Knows no routes.
// T1. A call that is not idempotent is sent once: whoever gets no answer to it has to look before repeating.
import { RemoteError, toRemoteError } from './errors.ts';

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
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
export async function send(exchange: Exchange, retry: RetryPolicy = defaultRetry): Promise<Response> {
  const attempts = exchange.idempotent ? retry.attempts : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(exchange);
    } catch (error) {
      if (attempt >= attempts || !(error instanceof RemoteError) || !mayPass(error)) throw error;
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

async function sendOnce(exchange: Exchange): Promise<Response> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), exchange.timeoutMs);
  const signal = exchange.signal ? AbortSignal.any([exchange.signal, deadline.signal]) : deadline.signal;
  let response: Response;
  try {
    response = await fetch(exchange.url, {
      method: exchange.method,
      headers: exchange.headers,
      redirect: 'error',
      signal,
      ...(exchange.body !== undefined && { body: exchange.body as Uint8Array<ArrayBuffer> }),
    });
  } catch (cause) {
    if (exchange.signal?.aborted) throw exchange.signal.reason;
    const where = new URL(exchange.url).host;
    if (deadline.signal.aborted) {
      throw new RemoteError(0, 'timeout', `${where} did not answer within ${exchange.timeoutMs} ms.`, undefined, { cause });
    }
    throw new RemoteError(0, 'network', `${where} cannot be reached: ${reasonOf(cause)}.`, undefined, { cause });
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return response;
  const error = toRemoteError(response.status, await response.text(), response.headers.get('x-request-id') ?? undefined);
  retryAfter.set(error, Number(response.headers.get('retry-after')) * 1000 || 0);
  throw error;
}

const retryAfter = new WeakMap<RemoteError, number>();

function mayPass(error: RemoteError): boolean {
  return error.status === 0 || error.status === 429 || error.status === 502 || error.status === 503 || error.status === 504;
}

function delayOf(attempt: number, error: RemoteError, retry: RetryPolicy): number {
  const backoff = Math.min(retry.firstDelayMs * 2 ** (attempt - 1), retry.longestDelayMs);
  return Math.max(backoff * (0.5 + Math.random() / 2), Math.min(retryAfter.get(error) ?? 0, 60_000));
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? ('code' in inner ? String(inner.code) : inner.message) : String(inner);
}
