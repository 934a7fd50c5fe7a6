// The gateway's side of SDK-HMAC-SHA256, written from the steps of the API reference (3.2) and from nothing of remote/signing.ts, so
// that one mistake cannot stand in both.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface ReceivedRequest {
  readonly method: string;
  /** As it came: path and query, still encoded. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface KnownKey {
  readonly secret: string;
  /** Of a temporary key: the token that has to come with it. */
  readonly token?: string;
}

/** Undefined where the signature is good; else what is wrong with it. */
export function wrongSignature(
  request: ReceivedRequest,
  keys: ReadonlyMap<string, KnownKey>,
  now: Date,
  withinMinutes = 15,
): string | undefined {
  const written = request.headers.authorization;
  if (written === undefined) return 'authorization not found';
  const parts = /^SDK-HMAC-SHA256 Access=(.+), SignedHeaders=(.+), Signature=([0-9a-f]{64})$/.exec(written);
  if (!parts) return 'authorization has another form';
  const [, access, list, given] = parts as unknown as [string, string, string, string];
  const key = keys.get(access);
  if (!key) return `access key ${access} not found`;
  const stamp = String(request.headers['x-sdk-date'] ?? '');
  const time = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp)?.slice(1).map(Number);
  if (!time) return `x-sdk-date "${stamp}" has another form`;
  const [year, month, day, hour, minute, second] = time as [number, number, number, number, number, number];
  const age = now.getTime() - Date.UTC(year, month - 1, day, hour, minute, second);
  if (Math.abs(age) > withinMinutes * 60_000) return 'signature expired';
  const names = list.split(';');
  if (!names.includes('host') || !names.includes('x-sdk-date')) return 'host and x-sdk-date have to be signed';
  if (names.join() !== [...names].sort().join()) return 'signed headers are not in order';
  if (key.token !== undefined && request.headers['x-security-token'] !== key.token) return 'security token is wrong';

  let text = `${request.method}\n`;
  const [path, query = ''] = splitOnce(request.target, '?');
  for (const segment of path.split('/').filter((each, index, all) => index > 0 && (each !== '' || index < all.length - 1))) {
    text += `/${percent(unpercent(segment))}`;
  }
  text += '/\n';
  const pairs = query === '' ? [] : query.split('&').map((pair) => splitOnce(pair, '=').map((side) => unpercent(side ?? '')));
  const sorted = pairs.map(([name = '', value = '']) => ({ name, value })).sort(byNameThenValue);
  text += `${sorted.map(({ name, value }) => `${percent(name)}=${percent(value)}`).join('&')}\n`;
  for (const name of names) {
    const value = request.headers[name];
    if (value === undefined) return `the signed header ${name} did not come`;
    text += `${name}:${String(value).trim()}\n`;
  }
  text += `\n${list}\n`;
  text += String(request.headers['x-sdk-content-sha256'] ?? hash(request.body));
  const expected = createHmac('sha256', key.secret)
    .update(`SDK-HMAC-SHA256\n${stamp}\n${hash(text)}`, 'utf8')
    .digest();
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) ? undefined : 'verify aksk signature fail';
}

const unreserved = /[A-Za-z0-9\-_.~]/;

function percent(text: string): string {
  let result = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    result += byte < 128 && unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return result;
}

/** Of a query, where a plus is a space, and of a path, where none comes. */
function unpercent(text: string): string {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === '%') {
      bytes.push(Number.parseInt(text.slice(index + 1, index + 3), 16));
      index += 2;
    } else bytes.push(...Buffer.from(character === '+' ? ' ' : character, 'utf8'));
  }
  return Buffer.from(bytes).toString('utf8');
}

function splitOnce(text: string, at: string): [string, string?] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function byNameThenValue(a: { name: string; value: string }, b: { name: string; value: string }): number {
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)) || Buffer.compare(Buffer.from(a.value), Buffer.from(b.value));
}

function hash(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
