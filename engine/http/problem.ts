// What a request is refused with: HTTP status, the service's code and a text. Thrown by handlers, answered by the server.
// Codes of the engine's own begin with `Weft.`.
// A missing resource answers 400 with its ModelArts.75xx code, as the cloud does. Source: API reference section 4.

import { haltedCode } from '../../core/api/weft.ts';

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

const missing = {
  workflow: ['ModelArts.7512', 'Workflow'],
  execution: ['ModelArts.7511', 'Execution'],
  subscription: ['ModelArts.7519', 'Subscription'],
  schedule: ['ModelArts.7525', 'Schedule'],
} as const;

export function notFound(kind: keyof typeof missing, id: string): Problem {
  const [code, name] = missing[kind];
  return new Problem(400, code, `${name} ${id} not found`);
}

export const noToken = () => new Problem(401, 'APIGW.0301', 'Incorrect IAM authentication information: x-auth-token not found');
export const badToken = () => new Problem(401, 'APIGW.0301', 'Incorrect IAM authentication information: decrypt token fail');
export const foreign = (header: string) =>
  new Problem(
    403,
    'ModelArts.0108',
    `The ${header} header names another site; the local engine answers programs of this machine only`,
  );
export const noSuchApi = (method: string, path: string) =>
  new Problem(404, 'ModelArts.4204', `There is no API ${method} ${path}`);
export const invalidBody = (reason: string) =>
  new Problem(400, 'ModelArts.2787', `The request body is not valid JSON: ${reason}`);
export const tooLarge = (limit: number) => new Problem(413, 'ModelArts.4104', `The request body is larger than ${limit} bytes`);
export const internal = () => new Problem(500, 'ModelArts.0010', 'Internal error of the local engine; its log says more');
/** The database refused: nothing of the request was kept. */
export const notStored = (error: Error) => new Problem(500, 'Weft.store', error.message, { cause: error });
/** The event log refused: what happens can no longer be written down, so nothing more is done. */
export const halted = (error: Error) =>
  new Problem(500, haltedCode, `${error.message} The engine stops. Start it again when that is mended: its runs go on then.`);
