// A document of the editor, compiled for an engine: the body, what stands in the way, and what a run still has to be given.
// The language server's side of `weft/compile`; the command line puts the same parts together by itself.
import { dirname } from 'node:path';
import { engineOf } from '../core/config/config.ts';
import { type GivenValues, noValues } from '../core/config/values-file.ts';
import { type Declaration, fieldOf, textAt, type Workflow } from '../core/ir/workflow.ts';
import { plainOf } from '../core/plan/plain.ts';
import type { CompileResult, MissingValue } from '../core/protocol/lsp.ts';
import type { Need } from '../core/run/events.ts';
import { spanOf } from '../core/text/origin.ts';
import { checkValues, compileBody } from './compile.ts';
import { engineValues, type LoadedConfig, loadConfig } from './load-config.ts';
import { analyzeSource, formOf } from './source.ts';
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

export function compileDocument(document: DocumentToCompile): CompileResult {
  const { file, text, language } = document;
  const read = analyzeSource(file, formOf(file) ?? 'file', text);
  const steps = read.workflow.steps.map((step) => step.name.text);
  const errors = read.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, origin }) => ({ code, message: message[language], range: read.source.rangeOf(spanOf(origin)) }));
  const failed = (code: string, message: string): CompileResult => ({
    errors: [...errors, { code, message }],
    missing: [],
    steps,
    values: noValues,
  });
  const loaded = loadConfig(workspaceRoot(file, document.editorFolder));
  const engine = engineOf(loaded.config, document.engine);
  if (!engine) return failed('engine-unknown', `${loaded.file} has no engine "${document.engine}".`);
  const wrong = loaded.findings.find(({ severity }) => severity === 'error');
  if (wrong) return failed(wrong.code, `${loaded.file}: ${wrong.message[language]}`);
  const given = valuesFor(loaded, engine, language);
  if (typeof given === 'string') return failed('values-file', given);
  if (errors.length > 0) return { errors, missing: [], steps, values: given };
  const body = compileBody(read, engine, loaded.root);
  const { missing, problems } = checkValues(body, given, document.steps);
  return {
    body,
    errors: problems.map((message) => ({ code: 'value', message })),
    missing: missing.map((need) => missingValue(need, read.workflow)),
    steps,
    values: given,
  };
}

/** The text says why there are none. */
function valuesFor(
  loaded: LoadedConfig,
  engine: Parameters<typeof engineValues>[1],
  language: 'en' | 'zh',
): GivenValues | string {
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
