// A session without streams, for a debugger in the same process: the same requests, answers and events.
import type { DebugProtocol } from '@vscode/debugprotocol';
import { createSession } from './session.ts';

export type Frame = Pick<DebugProtocol.StackFrame, 'id' | 'name' | 'line' | 'source'>;
export type Variable = Pick<DebugProtocol.Variable, 'name' | 'value' | 'variablesReference'>;
export type Scope = Pick<DebugProtocol.Scope, 'name' | 'variablesReference'>;
export type Output = Pick<DebugProtocol.OutputEvent['body'], 'category' | 'output'>;
export type Stopped = Pick<DebugProtocol.StoppedEvent['body'], 'reason' | 'text'>;
export type Completion = Pick<DebugProtocol.CompletionItem, 'label' | 'text' | 'start'>;

export interface InProcess {
  /** The file that is debugged; undefined before it is known. */
  file(): string | undefined;
  /** Rejects with the adapter's message where the request is refused. */
  request<Body = object>(command: string, args?: object): Promise<Body>;
  /** Lets go of everything; the run stays as it is. */
  close(): void;
}

/** `ended`: the session has answered `disconnect`. */
export function openSession(onEvent: (name: string, body: object) => void, ended: () => void): InProcess {
  const session = createSession({ send: (name, body) => onEvent(name, body ?? {}), ended });
  return {
    file: session.file,
    async request(command, args = {}) {
      const handler = session.handlers[command];
      if (!handler) throw new Error(`The debug adapter of Weft does not know the request "${command}".`);
      const { body, after } = await handler(args as never);
      // Behind the answer, as on a stream.
      if (after) setImmediate(after);
      return (body ?? {}) as never;
    },
    close: session.close,
  };
}
