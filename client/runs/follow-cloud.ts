// Keeps the store in step with the runs of one engine in the cloud: reads them, follows what happens after, and does both again where that
// ends. Without keys, or with keys that are refused, it sleeps until it is woken.
import type { Disposable, LogOutputChannel } from 'vscode';
import type { WeftRun } from '../../core/api/weft.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { RemoteError } from '../../remote/client.ts';
import type { CloudClient } from '../../remote/cloud-client.ts';
import { ReleaseError } from '../../remote/release-error.ts';
import { pause } from '../../remote/transport.ts';

export interface CloudFollower {
  /** Rejects where there are no keys, or the service cannot be reached. */
  open(): Promise<CloudClient>;
  loaded(runs: readonly WeftRun[]): void;
  happened(event: RunEvent): void;
}

const shortestMs = 5_000;
const longestMs = 300_000;

export interface CloudFollowing extends Disposable {
  /** Released workflows changed, or something was begun: looks now. */
  wake(): void;
  /** Keys changed: begins anew, with those there are now. */
  reconnect(): void;
}

/** Follows until disposed. */
export function followCloud(name: string, follower: CloudFollower, log: LogOutputChannel): CloudFollowing {
  const end = new AbortController();
  let connection = new AbortController();
  let waking = Promise.withResolvers<void>();
  let client: CloudClient | undefined;

  async function follow(): Promise<void> {
    for (let failures = 0; !end.signal.aborted; ) {
      waking = Promise.withResolvers();
      connection = new AbortController();
      const signal = AbortSignal.any([end.signal, connection.signal]);
      try {
        client = await follower.open();
        const runs = await client.call('ListRuns', { signal });
        follower.loaded(runs);
        const after = Math.max(0, ...runs.map(({ seq }) => seq));
        for await (const event of client.events({ after, signal })) {
          failures = 0;
          follower.happened(event);
        }
      } catch (error) {
        if (signal.aborted) continue;
        log.info(`Runs on ${name} are not followed now: ${error instanceof Error ? error.message : error}`);
        client = undefined;
        const mayPass = isRemote(error) && !refused(error);
        const delay = Math.min(shortestMs * 2 ** failures++, longestMs);
        await Promise.race([waking.promise, mayPass ? pause(delay, signal).catch(() => {}) : new Promise<never>(() => {})]);
      }
    }
  }

  follow();
  return {
    reconnect() {
      connection.abort();
      waking.resolve();
    },
    wake() {
      waking.resolve();
      client?.look();
    },
    dispose() {
      end.abort();
      waking.resolve();
    },
  };
}

function isRemote(error: unknown): error is Error {
  return error instanceof RemoteError || (error instanceof ReleaseError && error.cause instanceof RemoteError);
}

function refused(error: Error): boolean {
  const { status } = (error instanceof ReleaseError ? error.cause : error) as RemoteError;
  return status === 401 || status === 403;
}
