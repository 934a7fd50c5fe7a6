// The other end of bridge-extension.ts: a browser test uses the vscode API of the window that it looks at.
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type * as vscode from 'vscode';
import type { VscodeServer } from './server.ts';

export const bridgeSocket = (folder: string) => join(folder, 'bridge.sock');

const patienceMs = 60_000;

export interface Bridge {
  /** `work` is sent as text: it sees its arguments and nothing else. Arguments and result are JSON. */
  run<Result, Argument>(
    work: (api: typeof vscode, argument: Argument) => Result | PromiseLike<Result>,
    argument?: Argument,
  ): Promise<Result>;
}

export function connectBridge(server: VscodeServer): Bridge {
  const socketPath = bridgeSocket(server.folder);
  return {
    async run<Result, Argument>(
      work: (api: typeof vscode, argument: Argument) => Result | PromiseLike<Result>,
      argument?: Argument,
    ) {
      for (let waited = 0; !existsSync(socketPath); waited += 50) {
        if (waited > patienceMs) throw new Error('The extension host of the window did not start.');
        await pause(50);
      }
      const answer = await post(socketPath, JSON.stringify({ source: String(work), argument }));
      const { value, error } = JSON.parse(answer) as { value: Result; error?: string };
      if (error !== undefined) throw new Error(error);
      return value;
    },
  };
}

function post(socketPath: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path: '/', method: 'POST' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text));
    });
    call.on('error', reject);
    call.setTimeout(patienceMs, () =>
      call.destroy(new Error(`The window did not answer within ${patienceMs / 1000} s: ${body}`)),
    );
    call.end(body);
  });
}
