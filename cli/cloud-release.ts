// A release from the command line: what would happen is shown, a change of what is released is asked for, then it is carried out.
import type { ServiceEngineConfig } from '../core/config/config.ts';
import type { GivenValues } from '../core/config/values-file.ts';
import { changesBetween as compare } from '../core/release/changes.ts';
import { describeChange, shownBytes } from '../core/release/describe-changes.ts';
import type { LoadedConfig } from '../loader/load-config.ts';
import type { WorkflowSource } from '../loader/source.ts';
import { type DraftResult, draftRelease } from '../loader/upload-plan.ts';
import { carryOut, planRelease, type ReleasePlan, type ReleaseResult, type UploadProgress } from '../remote/release.ts';
import { recordRelease } from '../remote/release-record.ts';
import type { Service } from '../remote/service.ts';
import { type Console, say, UsageError } from './command.ts';
import { ask } from './prompt.ts';
import { table } from './table.ts';

export interface CloudRelease {
  readonly read: WorkflowSource;
  readonly loaded: LoadedConfig;
  readonly engine: ServiceEngineConfig;
  readonly service: Service;
  readonly values: GivenValues;
  /** The released version may be changed without asking. */
  readonly update: boolean;
  /** Nothing is asked. */
  readonly yes: boolean;
}

export interface Released extends ReleaseResult {
  readonly draft: DraftResult;
  readonly plan: ReleasePlan;
}

/** Undefined: the user said no. Throws a UsageError for what stands in the way; rejects with ReleaseError. */
export async function releaseToCloud(release: CloudRelease, console: Console): Promise<Released | undefined> {
  const { read, loaded, engine, service, values, update, yes } = release;
  const { signal } = console;
  const draft = await draftRelease(read, engine, values, { signal });
  if (draft.problems.length > 0) throw new UsageError(draft.problems.map((each) => say(console, each)).join('\n      '));
  const plan = await planRelease(service, draft, { compare, signal });
  show(plan, service, console);
  const sends = plan.changes.length > 0 || plan.uploads.some(({ missing }) => missing.length > 0);
  if (sends && !yes && !(await agreed(plan, engine, update, console))) return undefined;
  const result = await carryOut(service, plan, {
    compare,
    signal,
    ...(console.interactive && { onProgress: progress(console) }),
  });
  for (const change of result.untaken) {
    console.err(`weft: the service did not take this part of the change: ${describeChange(change, console.language)}\n`);
  }
  recordRelease(loaded.root, {
    engine: engine.name,
    projectId: service.projectId,
    workflowId: result.workflowId,
    name: plan.name,
    source: read.file,
  });
  return { ...result, draft, plan };
}

function show(plan: ReleasePlan, service: Service, console: Console): void {
  const { released, changes, uploads } = plan;
  const { engine, endpoints } = service;
  const state = released
    ? `released as ${released.id}${released.lastModifiedAt ? `, changed ${released.lastModifiedAt}` : ''}`
    : 'not released yet';
  const rows: string[][] = [
    ['  account', service.account],
    ['  region', `${engine.region ?? '-'} (${endpoints.service})`],
    ['  project', service.projectId],
    ['  workspace', service.workspaceId],
    ['  workflow', `${plan.name}: ${state}`],
  ];
  if (released?.activeRun) rows.push(['  run', `${released.activeRun.name} goes on`]);
  console.err(`${plan.name} to ${engine.name}\n${table(rows)}`);
  console.err(changes.length === 0 ? '  no changes\n' : '  changes\n');
  for (const change of changes) console.err(`    ${describeChange(change, console.language)}\n`);
  if (uploads.length === 0) return;
  console.err('  uploads\n');
  for (const { upload, missing, bytes } of uploads) {
    const all = `${upload.files.length} ${upload.files.length === 1 ? 'file' : 'files'}, ${shownBytes(upload.bytes)}`;
    const rest =
      missing.length === 0
        ? 'there already'
        : missing.length === upload.files.length
          ? 'new'
          : `${missing.length} of them to send, ${shownBytes(bytes)}`;
    console.err(`    ${upload.written} -> ${upload.to}  ${all}, ${rest}\n`);
    if (upload.leftOut.length > 0) console.err(`      stays here: ${upload.leftOut.join(', ')}\n`);
  }
}

async function agreed(plan: ReleasePlan, engine: ServiceEngineConfig, update: boolean, console: Console): Promise<boolean> {
  const changes = plan.released !== undefined && plan.changes.length > 0;
  if (changes && update) return true;
  if (!console.interactive) {
    if (!changes) return true;
    throw new UsageError(`"${plan.name}" is released on ${engine.name} already; --update changes it`);
  }
  const question = changes ? `Change "${plan.name}" on ${engine.name}? [y/N] ` : `Release? [y/N] `;
  return /^(?:y|yes|是)$/i.test(await ask(question, console, () => undefined));
}

function progress(console: Console): (now: UploadProgress) => void {
  return ({ sentFiles, allFiles, sentBytes, allBytes }) => {
    const line = `  sent ${sentFiles} of ${allFiles} files, ${shownBytes(sentBytes)} of ${shownBytes(allBytes)}`;
    console.err(`\r${line.padEnd(60)}${sentFiles === allFiles ? '\n' : ''}`);
  };
}
