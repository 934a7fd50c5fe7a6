// A document of the editor, compiled for an engine: the body, what stands in the way, and what a run still has to be given; and made
// ready for a release. The language server's side of `weft/compile` and `weft/release`; the command line puts the same parts together by itself.
import { dirname } from 'node:path';
import { type EngineConfig, engineOf, type ServiceEngineConfig } from '../core/config/config.ts';
import { type GivenValues, mergeValues, noValues } from '../core/config/values-file.ts';
import { type Declaration, fieldOf, textAt, type Workflow } from '../core/ir/workflow.ts';
import { plainOf } from '../core/plan/plain.ts';
import type { CompileResult, MissingValue, ReleaseResult } from '../core/protocol/lsp.ts';
import { serviceRequest } from '../core/release/execution-request.ts';
import type { Need } from '../core/run/events.ts';
import { spanOf } from '../core/text/origin.ts';
import { checkValues, compileBody } from './compile.ts';
import { engineValues, type LoadedConfig, loadConfig } from './load-config.ts';
import { analyzeSource, formOf, type WorkflowSource } from './source.ts';
import { draftRelease } from './upload-plan.ts';
import type { Sandbox } from './typescript/sandbox.ts';
import { withFileUris } from './values-paths.ts';
import { workspaceRoot } from './workspace-root.ts';

export interface DocumentToCompile {
  /** Absolute; need not be saved. */
  readonly file: string;
  readonly text: string;
  /** Name in weft.config.yaml; the default engine when absent. */
  readonly engine?: string | undefined;
  readonly steps?: readonly string[] | undefined;
  readonly language: 'en' | 'zh';
  /** The editor's folder that holds the file. */
  readonly editorFolder?: string | undefined;
}

export async function compileDocument(document: DocumentToCompile, sandbox?: Sandbox): Promise<CompileResult> {
  const opened = await openDocument(document, sandbox);
  const { read, loaded, engine, values, errors } = opened;
  const steps = read.workflow.steps.map((step) => step.name.text);
  const found = { steps, values, ...(engine && { engine }) };
  if (!engine || errors.length > 0) return { errors, missing: [], ...found };
  const body = compileBody(read, engine, loaded.root);
  const { missing, problems } = checkValues(body, values, document.steps);
  return {
    body,
    errors: problems.map((message) => ({ code: 'value', message })),
    missing: missing.map((need) => missingValue(need, read.workflow)),
    ...found,
  };
}

export interface DocumentToRelease extends DocumentToCompile {
  readonly engine: string;
  /** Over those of the engine's values file. */
  readonly given?: GivenValues | undefined;
  readonly signal?: AbortSignal;
}

/** Rejects with the system's error where a file cannot be read, or on abort. */
export async function releaseDocument(document: DocumentToRelease, sandbox?: Sandbox): Promise<ReleaseResult> {
  const { read, engine, values: ofEngine, errors } = await openDocument(document, sandbox);
  if (!engine || errors.length > 0) return { errors };
  if (engine.kind !== 'modelarts')
    return { errors: [{ code: 'engine-local', message: `Engine "${engine.name}" is on this machine.` }] };
  const values = withFileUris(mergeValues(document.given ?? noValues, ofEngine), dirname(read.file));
  const draft = await draftRelease(read, engine, values, document.signal ? { signal: document.signal } : {});
  const problems = draft.problems.map((problem) => ({ code: 'release', message: problem[document.language] }));
  if (problems.length > 0) return { errors: problems };
  const { body, uploads } = draft;
  return { errors: [], draft: { body, uploads }, request: serviceRequest(body, draft.values) };
}

/** Engines in the cloud that the configuration of a root names. */
export function rootEngines(root: string): readonly ServiceEngineConfig[] {
  return loadConfig(root).config.engines.filter((engine) => engine.kind === 'modelarts');
}

interface Opened {
  readonly read: WorkflowSource;
  readonly loaded: LoadedConfig;
  readonly engine?: EngineConfig;
  readonly values: GivenValues;
  readonly errors: CompileResult['errors'];
}

/** The document with its engine and the engine's values; errors of all of them. */
async function openDocument(document: DocumentToCompile, sandbox: Sandbox | undefined): Promise<Opened> {
  const { file, text, language, editorFolder } = document;
  const read = await analyzeSource({ file, form: formOf(file) ?? 'file', text, editorFolder }, sandbox);
  const loaded = loadConfig(workspaceRoot(file, document.editorFolder));
  const engine = engineOf(loaded.config, document.engine);
  const errors = read.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, origin }) => ({ code, message: message[language], range: read.source.rangeOf(spanOf(origin)) }));
  const opened = { read, loaded, ...(engine && { engine }) };
  const failed = (code: string, message: string): Opened => ({
    ...opened,
    values: noValues,
    errors: [...errors, { code, message }],
  });
  if (!engine) return failed('engine-unknown', `${loaded.file} has no engine "${document.engine}".`);
  const wrong = loaded.findings.find(({ severity }) => severity === 'error');
  if (wrong) return failed(wrong.code, `${loaded.file}: ${wrong.message[language]}`);
  const values = valuesFor(loaded, engine, language);
  if (typeof values === 'string') return failed('values-file', values);
  return { ...opened, values, errors };
}

/** The text says why there are none. */
function valuesFor(loaded: LoadedConfig, engine: EngineConfig, language: 'en' | 'zh'): GivenValues | string {
  try {
    const { file, values, findings } = engineValues(loaded, engine);
    const wrong = findings.find(({ severity }) => severity === 'error');
    return wrong ? `${file}: ${wrong.message[language]}` : withFileUris(values, dirname(file));
  } catch (error) {
    return `The values file of engine "${engine.name}" cannot be read: ${(error as Error).message}`;
  }
}

function missingValue({ kind, name, type, description }: Need, workflow: Workflow): MissingValue {
  const declared: readonly Declaration[] = {
    parameter: workflow.parameters,
    storage: workflow.storages,
    data: workflow.data,
    work: [],
  }[kind];
  const fields = declared.find((each) => each.name.text === name)?.fields;
  const format = textAt(fields, 'format');
  const choices = fieldOf(fields, 'enum');
  return {
    kind: kind === 'work' ? 'data' : kind,
    name,
    type,
    ...(format !== undefined && { format }),
    ...(choices?.kind === 'list' && { enum: choices.items.map((item) => plainOf(item) ?? null) }),
    ...(description !== undefined && { description }),
  };
}
