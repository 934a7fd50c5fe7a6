// HTTP answers and transport failures -> one error class with a stable code. Understands every error form the service is known to send.
// Source: API reference section 4.

/** `status` 0: no answer came (refused, reset, timed out); then `code` is `network` or `timeout`. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;

  constructor(status: number, code: string, message: string, requestId?: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

export function toRemoteError(status: number, body: string, requestId: string | undefined): RemoteError {
  const parsed = parse(body);
  const { code, message } = readPair(parsed) ??
    readNested(parsed) ?? { code: `http.${status}`, message: body.trim().slice(0, 500) };
  const id = requestId ?? textOf(parsed, 'request_id');
  return new RemoteError(status, code, message || `The server answered with status ${status}.`, id);
}

/** The provider of the service treats a 2xx answer with `error_code` as a failure, and so do we. */
export function errorInBody(body: unknown): { code: string; message: string } | undefined {
  const code = textOf(body, 'error_code');
  return code ? { code, message: textOf(body, 'error_msg') ?? '' } : undefined;
}

const pairs = [
  ['error_code', 'error_msg'],
  ['errorCode', 'errorMsg'],
  ['code', 'message'],
] as const;

function readPair(body: unknown): { code: string; message: string } | undefined {
  for (const [code, message] of pairs) {
    const found = textOf(body, code);
    if (found !== undefined) return { code: found, message: textOf(body, message) ?? '' };
  }
  return undefined;
}

function readNested(body: unknown): { code: string; message: string } | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  for (const value of Object.values(body)) {
    const found = readPair(value);
    if (found) return found;
  }
  return undefined;
}

function textOf(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
