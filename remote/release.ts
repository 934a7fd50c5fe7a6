// A release to the service, in two parts: `planRelease` only reads and says what would happen; `carryOut` uploads, then creates or updates.
// R1. Code goes up first, to places that hold its hash: nothing that an earlier release uses is touched.
// R2. The definition changes by one call. Whoever gets no answer to it looks what the service has, and says that.
// R3. What was planned is what happens: a released version that changed meanwhile stops the release.
import { readFile } from 'node:fs/promises';
import type { ExecutionRequest, WorkflowBody, WorkflowExecution } from '../core/api/service.ts';
import type { Change } from '../core/release/changes.ts';
import { bucketPath, type ReleaseDraft, type Upload, type UploadFile } from '../core/release/upload.ts';
import type { Credentials } from './credentials.ts';
import { RemoteError } from './errors.ts';
import { type ObjectStore, objectStore } from './object-store.ts';
import { ReleaseError, stopped, unknownOutcome } from './release-error.ts';
import { findReleased, newestExecution, type Released, readReleased } from './released.ts';
import { cleared } from './save-workflow.ts';
import { type Service, serviceRetry } from './service.ts';
import type { RetryPolicy } from './transport.ts';

export interface PlannedUpload {
  readonly upload: Upload;
  /** Not there yet. */
  readonly missing: readonly UploadFile[];
  /** Of what is missing. */
  readonly bytes: number;
}

export interface ReleasePlan {
  readonly name: string;
  readonly body: WorkflowBody;
  /** Undefined: the service has no workflow of that name. */
  readonly released?: Released;
  /** Against the released version; everything is added where there is none. Empty: it is released already. */
  readonly changes: readonly Change[];
  readonly uploads: readonly PlannedUpload[];
}

/** What a body changes against another one: `changesBetween` of core, or the language server. */
export type Compare = (before: WorkflowBody, after: WorkflowBody) => readonly Change[] | Promise<readonly Change[]>;

export interface ReleaseOptions {
  readonly compare: Compare;
  readonly signal?: AbortSignal;
  readonly retry?: RetryPolicy;
  readonly onProgress?: (progress: UploadProgress) => void;
}

export interface UploadProgress {
  readonly sentBytes: number;
  readonly allBytes: number;
  readonly sentFiles: number;
  readonly allFiles: number;
}

export interface ReleaseResult {
  readonly workflowId: string;
  readonly done: 'created' | 'updated' | 'unchanged';
  /** What the service did not take of an update. */
  readonly untaken: readonly Change[];
}

/** Reads only. Rejects with ReleaseError, or with the signal's reason. */
export async function planRelease(service: Service, draft: ReleaseDraft, options: ReleaseOptions): Promise<ReleasePlan> {
  const body: WorkflowBody = { ...draft.body, workspace_id: service.workspaceId };
  const name = String(body['name']);
  await refuseSecrets(draft, service.keys);
  try {
    const released = await readReleased(service, name, options.signal);
    const store = storeOf(service, options);
    const uploads: PlannedUpload[] = [];
    for (const upload of draft.uploads) uploads.push(await plannedUpload(store, upload, options.signal));
    const changes = await options.compare(released?.body ?? {}, body);
    return { name, body, ...(released && { released }), changes, uploads };
  } catch (error) {
    return stopped(error, 'look', service);
  }
}

/** Rejects with ReleaseError, or with the signal's reason; then the released version is as it was. */
export async function carryOut(service: Service, plan: ReleasePlan, options: ReleaseOptions): Promise<ReleaseResult> {
  try {
    await uploadAll(storeOf(service, options), plan.uploads, options);
  } catch (error) {
    stopped(error, 'upload', service);
  }
  try {
    await refuseOtherVersion(service, plan, options.signal);
    if (!plan.released) return { workflowId: await create(service, plan, options.signal), done: 'created', untaken: [] };
    const workflowId = plan.released.id;
    if (plan.changes.length === 0) return { workflowId, done: 'unchanged', untaken: [] };
    return { workflowId, done: 'updated', untaken: await update(service, plan, workflowId, options) };
  } catch (error) {
    return stopped(error, plan.released ? 'update' : 'create', service);
  }
}

/** Begins a run. Rejects with ReleaseError; whoever gets no answer looks whether one has begun. */
export async function startRun(
  service: Service,
  workflowId: string,
  request: ExecutionRequest,
  signal?: AbortSignal,
): Promise<WorkflowExecution> {
  const options = { path: { workflow_id: workflowId }, body: request, ...(signal && { signal }) };
  try {
    const before = await newestExecution(service, workflowId, signal);
    return await service.client.call('CreateWorkflowExecution', options).catch((error: unknown) =>
      settle(error, async () => {
        const now = await newestExecution(service, workflowId, signal);
        return now?.execution_id === before?.execution_id ? undefined : now;
      }),
    );
  } catch (error) {
    return stopped(error, 'start', service);
  }
}

// ---- uploads

function storeOf({ endpoints, keys }: Service, { retry = serviceRetry }: Pick<ReleaseOptions, 'retry'>): ObjectStore {
  return objectStore({ endpoint: endpoints.objects, keys, retry });
}

async function plannedUpload(store: ObjectStore, upload: Upload, signal: AbortSignal | undefined): Promise<PlannedUpload> {
  const { bucket, key } = bucketPath(upload.to)!;
  const there = new Map((await store.list(bucket, key, signal)).map((object) => [object.key, object]));
  const missing = upload.files.filter((file) => {
    const object = there.get(bucketPath(file.to)!.key);
    return !object || object.bytes !== file.bytes || (object.md5 !== undefined && object.md5 !== file.md5);
  });
  return { upload, missing, bytes: missing.reduce((sum, { bytes }) => sum + bytes, 0) };
}

const atATime = 4;

async function uploadAll(store: ObjectStore, uploads: readonly PlannedUpload[], options: ReleaseOptions): Promise<void> {
  const files = uploads.flatMap(({ missing }) => missing);
  const allBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = new Map<UploadFile, number>();
  let sentFiles = 0;
  const tell = () =>
    options.onProgress?.({
      sentBytes: [...sent.values()].reduce((sum, bytes) => sum + bytes, 0),
      allBytes,
      sentFiles,
      allFiles: files.length,
    });
  const queue = [...files];
  // The first failure ends the others too, so that nothing goes on behind the user's back.
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  async function work(): Promise<void> {
    for (let file = queue.shift(); file; file = queue.shift()) {
      signal.throwIfAborted();
      const current = file;
      const { bucket, key } = bucketPath(file.to)!;
      const onBytes = (bytes: number) => {
        sent.set(current, bytes);
        tell();
      };
      await store.put(bucket, key, file, { signal, onBytes });
      sentFiles += 1;
      tell();
    }
  }
  const workers = Array.from({ length: Math.min(atATime, files.length) }, () =>
    work().catch((error: unknown) => {
      if (!failed.signal.aborted) failed.abort(error);
      throw error;
    }),
  );
  const ended = await Promise.allSettled(workers);
  options.signal?.throwIfAborted();
  if (ended.some(({ status }) => status === 'rejected')) throw failed.signal.reason;
}

/** Code with the key in it would hand the key to everybody who may read the bucket. */
async function refuseSecrets(draft: ReleaseDraft, keys: Credentials): Promise<void> {
  const secrets = [keys.secretKey(), keys.securityToken()].filter((each) => each !== undefined && each.length >= 16);
  const holds = (text: string) => secrets.some((secret) => text.includes(secret!));
  if (holds(JSON.stringify(draft.body))) throw secretFound('the workflow', '工作流');
  for (const { from, bytes } of draft.uploads.flatMap(({ files }) => files)) {
    if (bytes <= largestSearched && holds(await readFile(from, 'latin1'))) throw secretFound(from, from);
  }
}

const largestSearched = 4_000_000;

function secretFound(en: string, zh: string): ReleaseError {
  return new ReleaseError('secret', {
    en: `${en} holds your secret key: take it out before it is uploaded. Nothing was changed.`,
    zh: `${zh} 中含有您的密钥：请先移除再上传。未做任何更改。`,
  });
}

// ---- the definition

async function create(service: Service, { name, body }: ReleasePlan, signal: AbortSignal | undefined): Promise<string> {
  const find = async () => (await findReleased(service, name, signal))?.workflow_id;
  const made = await service.client
    .call('CreateWorkflow', { body, ...(signal && { signal }) })
    // The published example of the answer has no id.
    .then(
      (workflow) => workflow.workflow_id as string | undefined,
      (error: unknown) => settle(error, find),
    );
  const id =
    made ??
    (await find().catch((error: unknown) => {
      throw error instanceof RemoteError ? unknownOutcome(error) : error;
    }));
  if (id !== undefined) return id;
  throw new RemoteError(0, 'lost', `The service took "${name}" and does not list it.`);
}

/** What the service did not take; nothing where that could not be looked at after it had said yes. */
async function update(
  { client }: Service,
  { body }: ReleasePlan,
  id: string,
  { compare, signal }: ReleaseOptions,
): Promise<readonly Change[]> {
  const options = { path: { workflow_id: id }, ...(signal && { signal }) };
  const left = async () => compare(await client.call('ShowWorkflow', options), body);
  return client.call('UpdateWorkflow', { ...options, body: { ...cleared, ...body } }).then(
    () => left().catch((error: unknown) => (error instanceof RemoteError ? [] : Promise.reject(error))),
    (error: unknown) =>
      settle(error, async () => {
        const changes = await left();
        return changes.length === 0 ? changes : undefined;
      }),
  );
}

async function refuseOtherVersion(
  service: Service,
  { name, released }: ReleasePlan,
  signal: AbortSignal | undefined,
): Promise<void> {
  const now = await findReleased(service, name, signal);
  if (!now && !released) return;
  const same =
    now !== undefined &&
    released !== undefined &&
    now.workflow_id === released.id &&
    (now.last_modified_at === undefined || now.last_modified_at === released.lastModifiedAt);
  if (same) return;
  const en = now ? (released ? 'was changed' : 'was created') : 'was deleted';
  const zh = now ? (released ? '被修改' : '被创建') : '被删除';
  throw new ReleaseError('changed', {
    en: `"${name}" ${en} in the service since the plan was made. Nothing was changed; release again to see the new plan.`,
    zh: `制定计划后，服务中的“${name}”已${zh}。未做任何更改；请重新发布以查看新的计划。`,
  });
}

/** After a call without a clear answer: what it has made, as `look` finds it; the error where it made nothing. */
async function settle<T>(error: unknown, look: () => Promise<T | undefined>): Promise<T> {
  if (!(error instanceof RemoteError) || (error.status > 0 && error.status < 500)) throw error;
  const found = await look().catch((again: unknown) => {
    throw again instanceof RemoteError ? unknownOutcome(error) : again;
  });
  if (found === undefined) throw error;
  return found;
}
