// Client of the API: one typed call per route row, the event stream and log windows. The same for the local engine and the cloud.
import type { AnswerOf, PathOf, Query, RequestOf } from '../core/api/calls.ts';
import { type Route, type RouteName, routes } from '../core/api/routes.ts';
import type { WeftLogLines, WeftLogMatches } from '../core/api/weft.ts';
import type { RunEvent } from '../core/run/events.ts';
import { errorInBody, RemoteError } from './errors.ts';
import { type FollowOptions, followEvents } from './event-stream.ts';
import type { Sign } from './signing.ts';
import { defaultRetry, type Exchange, exchange, type RetryPolicy, send } from './transport.ts';

export { RemoteError } from './errors.ts';

export interface ClientOptions {
  /** `http://127.0.0.1:PORT` of a local engine, or the service's endpoint. No final slash needed. */
  readonly baseUrl: string;
  /** Who asks: the token of a local engine or of the identity service; or keys that sign each request. */
  readonly token?: string;
  readonly sign?: Sign;
  /** What must not stand in any error, wherever the server got it from. */
  readonly mask?: (text: string) => string;
  /** `local` for the local engine. */
  readonly projectId: string;
  /** Until an answer starts; 30 s when absent. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
}

export interface CallOptions<Name extends RouteName> {
  readonly path?: PathOf<Name>;
  readonly query?: Query;
  readonly body?: RequestOf<Name>;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** Options may be left out only where the path has no ids. */
type CallArguments<Name extends RouteName> = keyof PathOf<Name> extends never
  ? [options?: CallOptions<Name>]
  : [options: CallOptions<Name> & { readonly path: PathOf<Name> }];

export interface Client {
  readonly baseUrl: string;
  readonly projectId: string;
  /** Rejects with RemoteError, or with the signal's reason on abort. */
  call<Name extends RouteName>(name: Name, ...rest: CallArguments<Name>): Promise<AnswerOf<Name>>;
  /** All pages of a list route. */
  pages<Name extends PagedRoute>(name: Name, ...rest: CallArguments<Name>): AsyncIterable<ItemOf<Name>>;
  /** Events after a sequence number; follows until aborted, connecting again where the stream breaks: each event once, in order. */
  events(options: FollowOptions): AsyncIterable<RunEvent>;
  logLines(stepRun: string, options: LogLinesOptions): Promise<WeftLogLines>;
  logBytes(stepRun: string, options: LogBytesOptions): Promise<Uint8Array>;
  searchLog(stepRun: string, options: LogSearchOptions): Promise<WeftLogMatches>;
}

export interface LogLinesOptions {
  readonly first: number;
  readonly count: number;
  /** The newest attempt when absent. */
  readonly attempt?: number;
  /** Wait that long for lines from `first` on when there are none yet. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

export interface LogBytesOptions {
  readonly offset: number;
  readonly limit: number;
  readonly attempt?: number;
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

export interface LogSearchOptions {
  readonly text: string;
  readonly regex?: boolean;
  readonly caseSensitive?: boolean;
  readonly from?: number;
  readonly limit?: number;
  readonly attempt?: number;
  readonly signal?: AbortSignal;
}

/** A call without the types of its route. */
interface AnyCall {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

type PagedRoute = 'ListWorkflows' | 'ListWorkflowExecutions' | 'ListWorkflowStepExecution';
type ItemOf<Name extends PagedRoute> = AnswerOf<Name>['items'][number];

interface PageOf<Item> {
  readonly total?: number;
  readonly count?: number;
  readonly items: readonly Item[] | null;
}

const pageSize = 100;

export function createClient(options: ClientOptions): Client {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? 30_000;
  const retry = options.retry ?? defaultRetry;

  function request(name: RouteName, call: AnyCall, accept: string): Exchange {
    const route: Route = routes[name];
    const bytes = call.body instanceof Uint8Array;
    return {
      method: route.method,
      url: baseUrl + fillPath(route.path, { ...call.path, project_id: options.projectId }) + toQuery(call.query),
      headers: {
        accept,
        ...(options.token !== undefined && { 'x-auth-token': options.token }),
        ...(call.body !== undefined && { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
      },
      idempotent: route.method !== 'POST',
      timeoutMs: call.timeoutMs ?? timeoutMs,
      ...(call.body !== undefined && { body: bytes ? (call.body as Uint8Array) : JSON.stringify(call.body) }),
      ...(options.sign && { sign: options.sign }),
      ...(call.signal && { signal: call.signal }),
    };
  }

  async function ask<T>(request: Exchange, read: (response: Response) => T | Promise<T>): Promise<Awaited<T>> {
    try {
      return await exchange(request, retry, read);
    } catch (error) {
      if (!options.mask || !(error instanceof RemoteError)) throw error;
      throw new RemoteError(error.status, error.code, options.mask(error.message), error.requestId);
    }
  }

  const client: Client = {
    baseUrl,
    projectId: options.projectId,

    async call(name, ...[call]) {
      return (await ask(request(name, (call ?? {}) as AnyCall, 'application/json'), readAnswer)) as never;
    },

    async *pages(name, ...[call]) {
      for (let offset = 0; ; ) {
        const query = { ...call?.query, limit: pageSize, offset };
        const page = (await client.call(name as 'ListWorkflows', { ...(call as object), query })) as unknown as PageOf<never>;
        const items = page.items ?? [];
        yield* items;
        offset += items.length;
        // A server may give fewer than it was asked for; `total` may count more than the filter lets through.
        if (items.length === 0 || offset >= Math.max(page.total ?? 0, page.count ?? 0)) return;
      }
    },

    events(follow) {
      const open = (after: number, signal: AbortSignal | undefined) =>
        send(
          request(
            'ListEvents',
            { query: { after, run: follow.run, follow: follow.follow ?? true }, ...(signal && { signal }) },
            'application/x-ndjson',
          ),
          retry,
        );
      return followEvents(open, follow);
    },

    logLines(stepRun, { signal, waitMs, ...window }) {
      return client.call('ReadLogLines', {
        path: { step_execution_id: stepRun },
        query: { ...window, wait: waitMs },
        timeoutMs: timeoutMs + (waitMs ?? 0),
        ...(signal && { signal }),
      });
    },

    async logBytes(stepRun, { signal, waitMs, ...window }) {
      const call = {
        path: { step_execution_id: stepRun },
        query: { ...window, wait: waitMs },
        timeoutMs: timeoutMs + (waitMs ?? 0),
        ...(signal && { signal }),
      };
      return ask(
        request('ReadLogBytes', call, 'application/octet-stream'),
        async (response) => new Uint8Array(await response.arrayBuffer()),
      );
    },

    searchLog(stepRun, { signal, caseSensitive, ...query }) {
      return client.call('SearchLog', {
        path: { step_execution_id: stepRun },
        query: { ...query, case_sensitive: caseSensitive },
        ...(signal && { signal }),
      });
    },
  };
  return client;
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  if (!(response.headers.get('content-type') ?? '').includes('json')) return text;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new RemoteError(response.status, 'bad_answer', `${response.url} did not answer with JSON.`, undefined, { cause });
  }
  const error = errorInBody(body);
  if (error) throw new RemoteError(response.status, error.code, error.message, response.headers.get('x-request-id') ?? undefined);
  return body;
}

function fillPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (!value) throw new TypeError(`The path ${path} needs ${name}.`);
    return encodeURIComponent(value);
  });
}

function toQuery(query: Query | undefined): string {
  const result = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) result.append(name, String(item));
  }
  const text = result.toString();
  return text && `?${text}`;
}
