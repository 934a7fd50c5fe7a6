// Who may speak to the engine (invariant I10): programs of this machine that know the token, and no web page.
// A page of another site can reach a loopback port; its Origin, or its Host after DNS rebinding, gives it away.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { badToken, foreign, noToken } from './problem.ts';

const ownHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/** Throws a Problem where the request is refused. */
export function guard(request: IncomingMessage, token: string): void {
  if (!ownHost.test(request.headers.host ?? '')) throw foreign('Host');
  const { origin } = request.headers;
  if (origin !== undefined && !ownHost.test(origin.replace(/^https?:\/\//, ''))) throw foreign('Origin');
  const given = request.headers['x-auth-token'];
  if (typeof given !== 'string' || given === '') throw noToken();
  if (!timingSafeEqual(digest(given), digest(token))) throw badToken();
}

/** Of equal length whatever was given, as the comparison needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
