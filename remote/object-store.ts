// The object store as a release needs it: what lies below a prefix, and putting a file there. One object is put at once or not at all,
// and is checked by its MD5 at the other end. Source: API reference 12.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { type Credentials, masked } from './credentials.ts';
import { RemoteError } from './errors.ts';
import { type ObsDialect, obsDialect, s3Dialect, signObject } from './obs-signing.ts';
import { encodeStrictly } from './signing.ts';
import { type Exchange, exchange, type RetryPolicy } from './transport.ts';

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  /** Hexadecimal, where the object was put at once; undefined for one that was put in parts. */
  readonly md5?: string;
}

export interface FileToPut {
  /** Absolute. */
  readonly from: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly md5: string;
}

export interface ObjectStore {
  /** All objects whose key begins so. Rejects with RemoteError. */
  list(bucket: string, prefix: string, signal?: AbortSignal): Promise<readonly StoredObject[]>;
  /** Rejects with RemoteError; `onBytes` is told what has left, and begins again at 0 where an attempt is repeated. */
  put(bucket: string, key: string, file: FileToPut, options?: PutOptions): Promise<void>;
}

export interface PutOptions {
  readonly signal?: AbortSignal;
  readonly onBytes?: (sent: number) => void;
}

export interface ObjectStoreOptions {
  readonly endpoint: string;
  readonly keys: Credentials;
  readonly retry: RetryPolicy;
  readonly now?: () => Date;
  /** Objects that are asked for at once; 1000, the most there is, when absent. */
  readonly pageSize?: number;
}

/** Slowest line that is waited for. */
const bytesPerMs = 20;

export function objectStore({
  endpoint,
  keys,
  retry,
  now = () => new Date(),
  pageSize = 1_000,
}: ObjectStoreOptions): ObjectStore {
  async function ask<T>(
    bucket: string,
    key: string,
    request: Omit<Exchange, 'url' | 'sign' | 'idempotent'>,
    read: (response: Response) => Promise<T>,
    query = '',
    place = `/${bucket}/${key}`,
  ): Promise<Awaited<T>> {
    const { url, resource, dialect } = addressOf(endpoint, bucket, key);
    const sign: Exchange['sign'] = (each) => signObject(each, resource, keys, dialect, now());
    try {
      return await exchange({ ...request, url: url + query, sign, idempotent: true }, retry, read);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      throw readable(error, place, keys);
    }
  }

  return {
    async list(bucket, prefix, signal) {
      const found: StoredObject[] = [];
      for (let marker = ''; ; ) {
        const query = new URLSearchParams({ prefix, 'max-keys': String(pageSize), ...(marker !== '' && { marker }) });
        const request = { method: 'GET', headers: {}, timeoutMs: 30_000, ...(signal && { signal }) };
        const text = await ask(bucket, '', request, (response) => response.text(), `?${query}`, `/${bucket}/${prefix}`);
        const page = readList(text);
        found.push(...page.objects);
        if (!page.next) return found;
        marker = page.next;
      }
    },

    async put(bucket, key, file, { signal, onBytes } = {}) {
      const request = {
        method: 'PUT',
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(file.bytes),
          'content-md5': Buffer.from(file.md5, 'hex').toString('base64'),
        },
        stream: () => streamOf(file, onBytes),
        timeoutMs: 60_000 + file.bytes / bytesPerMs,
        ...(signal && { signal }),
      };
      await ask(bucket, key, request, async (response) => void (await response.arrayBuffer()));
    },
  };
}

export interface ObjectAddress {
  readonly url: string;
  /** What is signed for it. */
  readonly resource: string;
  readonly dialect: ObsDialect;
}

/**
 * The bucket in the host, as the store documents it; in the path where the host is an address, or a dot would break its certificate.
 * In the path OBS speaks S3's spelling (Huawei's own package does so too).
 */
export function addressOf(endpoint: string, bucket: string, key: string): ObjectAddress {
  const { origin, protocol, host, hostname } = new URL(endpoint);
  const path = key.split('/').map(encodeStrictly).join('/');
  const isAddress = /^(?:[\d.]+|\[.*\]|localhost)$/.test(hostname);
  if (!isAddress && !bucket.includes('.')) {
    const dialect = /^obs\b/.test(hostname) ? obsDialect : s3Dialect;
    return { url: `${protocol}//${bucket}.${host}/${path}`, resource: `/${bucket}/${path}`, dialect };
  }
  const resource = key === '' ? `/${bucket}` : `/${bucket}/${path}`;
  return { url: origin + resource, resource, dialect: s3Dialect };
}

function streamOf(file: FileToPut, onBytes: PutOptions['onBytes']): ReadableStream<Uint8Array> {
  const source = createReadStream(file.from, { highWaterMark: 1 << 18 });
  let sent = 0;
  onBytes?.(0);
  source.on('data', (chunk) => {
    sent += chunk.length;
    onBytes?.(sent);
  });
  return Readable.toWeb(source) as ReadableStream<Uint8Array>;
}

// ---- XML

interface Listed {
  readonly objects: readonly StoredObject[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
}

function readList(xml: string): Listed {
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry]): StoredObject => {
    const md5 = /^"?([0-9a-f]{32})"?$/.exec(elementOf(entry!, 'ETag') ?? '')?.[1];
    return { key: elementOf(entry!, 'Key') ?? '', bytes: Number(elementOf(entry!, 'Size')), ...(md5 !== undefined && { md5 }) };
  });
  const more = elementOf(xml, 'IsTruncated') === 'true';
  return { objects, next: more ? elementOf(xml, 'NextMarker') || objects.at(-1)?.key : undefined };
}

/** The store answers in XML: its code and message, with the place, since the store's own text names none. */
function readable(error: RemoteError, place: string, keys: Credentials): RemoteError {
  const code = elementOf(error.message, 'Code');
  const text = elementOf(error.message, 'Message') ?? error.message;
  const message = `${place}: ${masked(text, keys)}`;
  return new RemoteError(error.status, code ?? error.code, message, error.requestId, { cause: error.cause });
}

function elementOf(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];
  return found?.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|amp|quot|apos));/gi, (_, decimal, hex, named) =>
    named ? entities[named as keyof typeof entities] : String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}

const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" } as const;
