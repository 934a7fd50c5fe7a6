// DAP over two streams: requests are handed to the session one after the other where they change something, answered with its
// body or with the error's text. Resolves with the exit status when the client has gone.
import type { Readable } from 'node:stream';
import { ProtocolServer } from '@vscode/debugadapter/lib/protocol.js';
import { Event, Response } from '@vscode/debugadapter/lib/messages.js';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { createSession } from './session.ts';

/** What a request is answered with; `after` runs when the answer is on its way (events that must follow it). */
export interface Reply {
  readonly body?: object;
  readonly after?: () => void;
}

export type RequestHandler = (args: never) => Promise<Reply> | Reply;

/** The library leaves the dispatching to a class that is derived from its own. */
class DapServer extends ProtocolServer {
  handlers: Readonly<Record<string, RequestHandler>> = {};

  protected override dispatchRequest(request: DebugProtocol.Request): void {
    void this.answer(request);
  }

  private async answer(request: DebugProtocol.Request): Promise<void> {
    const response: DebugProtocol.Response = new Response(request);
    let after: (() => void) | undefined;
    try {
      const handler = this.handlers[request.command];
      if (!handler) throw new Error(`The debug adapter of Weft does not know the request "${request.command}".`);
      const reply = await handler((request.arguments ?? {}) as never);
      if (reply.body) response.body = reply.body;
      after = reply.after;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      response.success = false;
      response.message = message;
      response.body = { error: { id: 1, format: '{reason}', variables: { reason: message }, showUser: true } };
    }
    this.sendResponse(response);
    after?.();
  }
}

export function serveDap(input: Readable, output: NodeJS.WritableStream): Promise<number> {
  return new Promise((resolve) => {
    const server = new DapServer();
    const session = createSession({
      send: (event, body) => server.sendEvent(new Event(event, body)),
      ended: () => leave(),
    });
    // The run stays as it is when the client has just gone: the engine holds it, and another client may attach.
    function leave(): void {
      session.close();
      // A client may keep its end open until this process has gone.
      input.destroy();
      resolve(0);
    }
    server.handlers = session.handlers;
    server.start(input, output);
    input.on('end', leave);
    input.on('close', leave);
  });
}
