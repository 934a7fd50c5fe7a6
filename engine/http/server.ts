// The engine's HTTP front: loopback, guarded, routed by the table of core/api/routes.ts. What a route means is said by handlers.
// Every request is caught here: a Problem is answered as such, anything else is a bug, reported and answered with 500.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RouteName, routes } from '../../core/api/routes.ts';
import { guard } from './guard.ts';
import { StoreError } from '../store/driver.ts';
import { internal, invalidBody, noSuchApi, notStored, Problem, tooLarge } from './problem.ts';
import { match } from './router.ts';

export interface Call {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where none was sent. */
  readonly body: unknown;
  /** Aborts when the client has gone or the server closes. */
  readonly signal: AbortSignal;
}

export type Answer =
  /** JSON, or nothing where `body` is undefined. */
  | { readonly body?: unknown; readonly status?: number }
  | { readonly bytes: Uint8Array; readonly headers?: Readonly<Record<string, string>> }
  /** Written piece by piece; the next piece is asked for when the last one was taken. */
  | { readonly stream: AsyncIterable<string>; readonly type: string };

export type Handler = (call: Call) => Answer | Promise<Answer>;
export type Handlers = Partial<Record<RouteName, Handler>>;

export interface HttpOptions {
  readonly handlers: Handlers;
  readonly token: string;
  /** 0 for any free one. */
  readonly port: number;
  /** A bug: an exception that is no Problem. */
  readonly report: (error: unknown, what: string) => void;
  /** Called at the begin of each request, for the idle clock. */
  readonly onRequest?: () => void;
  /** Why nothing is answered any more; undefined as long as all is well. */
  readonly refusal?: () => Problem | undefined;
}

export interface HttpServer {
  readonly port: number;
  /** Ends streams: whoever followed one asks again and gets the refusal. */
  interrupt(): void;
  /** Ends streams and open connections. */
  close(): Promise<void>;
}

/** Limit of the service's gateway. Source: API reference section 4, ModelArts.4104. */
const bodyLimit = 12 * 1024 * 1024;

/** Rejects with the system's error where the port cannot be had (EADDRINUSE, EACCES). */
export function startHttp(options: HttpOptions): Promise<HttpServer> {
  const closing = new AbortController();
  const interrupted = new AbortController();
  const server = createServer((request, response) => {
    options.onRequest?.();
    void serve(request, response, options, closing.signal, interrupted.signal);
  });
  server.keepAliveTimeout = 30_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        interrupt: () => interrupted.abort(new Error('the engine cannot go on')),
        close: () =>
          new Promise((done) => {
            closing.abort(new Error('the engine stops'));
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
  closing: AbortSignal,
  interrupted: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('the client has gone')));
  response.setHeader('X-Request-Id', randomUUID());
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const method = request.method ?? 'GET';
  try {
    guard(request, options.token);
    const refusal = options.refusal?.();
    if (refusal) throw refusal;
    const found = match(method, url.pathname);
    const handler = found && options.handlers[found.name];
    if (!handler) throw noSuchApi(method, url.pathname);
    const body = await readBody(request);
    const signal = AbortSignal.any([gone.signal, closing, interrupted]);
    await send(response, await handler({ path: found.path, query: url.searchParams, body, signal }), routes[found.name].success);
  } catch (error) {
    if (gone.signal.aborted || closing.aborted) return void response.destroy();
    const problem = error instanceof Problem ? error : error instanceof StoreError ? notStored(error) : internal();
    if (problem !== error) options.report(error, `${method} ${url.pathname}`);
    refuse(response, problem);
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw tooLarge(bodyLimit);
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw invalidBody((error as Error).message);
  }
}

async function send(response: ServerResponse, answer: Answer, success: number): Promise<void> {
  if ('stream' in answer) {
    response.writeHead(success, { 'Content-Type': answer.type, 'Cache-Control': 'no-store' });
    response.flushHeaders();
    for await (const piece of answer.stream) {
      if (!response.write(piece)) await new Promise<void>((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    response.end();
  } else if ('bytes' in answer) {
    response.writeHead(success, { 'Content-Type': 'application/octet-stream', ...answer.headers }).end(answer.bytes);
  } else if (answer.body === undefined) {
    response.writeHead(answer.status ?? success).end();
  } else {
    response.writeHead(answer.status ?? success, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
  }
}

function refuse(response: ServerResponse, { status, code, message }: Problem): void {
  if (response.headersSent) return void response.destroy();
  const body = JSON.stringify({ error_code: code, error_msg: message, request_id: response.getHeader('X-Request-Id') });
  // What is left of a body that was not read would be taken for the next request.
  response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' }).end(body);
}
