// What sessions ask again and again.
import assert from 'node:assert/strict';
import type { DapClient } from './dap-client.ts';

export const goOn = (client: DapClient) => client.request('continue', { threadId: 1 });
export const next = (client: DapClient) => client.request('next', { threadId: 1 });

/** The run has ended, and the session with it. */
export async function ended(client: DapClient, status = 0): Promise<void> {
  assert.equal((await client.event('exited'))['exitCode'], status, client.console());
  await client.event('terminated');
}

/** The step that the client stopped before, once it has stopped for this reason. */
export async function stoppedAt(client: DapClient, reason: string): Promise<string> {
  const stopped = await client.event('stopped');
  assert.equal(stopped['reason'], reason, client.console());
  return (await client.frames())[0]!.name;
}
