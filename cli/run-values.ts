// Values of `weft run`: the command line over --answers and --params over the engine's values file. Local paths become file URIs.
import { dirname, resolve } from 'node:path';
import { type GivenValue, type GivenValues, mergeValues, noValues } from '../core/config/values-file.ts';
import type { Json } from '../core/config/members.ts';
import { spanOf } from '../core/text/origin.ts';
import { SourceText } from '../core/text/source.ts';
import { type LoadedValues, loadValues } from '../loader/load-config.ts';
import { withFileUri, withFileUris } from '../loader/values-paths.ts';
import { type Console, UsageError } from './command.ts';
import { findingsOf, textLine } from './report.ts';

export interface ValueOptions {
  readonly set: readonly string[];
  readonly data: readonly string[];
  readonly storage: readonly string[];
  readonly params?: string;
  readonly answers?: string;
}

/** `fromEngine`: the values file of weft.config.yaml. Throws a UsageError for what cannot be read. */
export function givenValues(options: ValueOptions, fromEngine: LoadedValues, console: Console): GivenValues {
  const here = console.cwd;
  const typed: GivenValues = {
    parameters: options.set.map((each) => scalar('--set', each)),
    storages: options.storage.map((each) => withFileUri(scalar('--storage', each), here)),
    data: options.data.map((each) => withFileUri(json('--data', each), here)),
    answers: [],
  };
  const params = options.params === undefined ? noValues : fromFile(loadValues(resolve(here, options.params)), console);
  const answers = options.answers === undefined ? noValues : fromFile(loadValues(resolve(here, options.answers)), console);
  return mergeValues(typed, { ...noValues, answers: answers.answers }, params, fromFile(fromEngine, console));
}

function fromFile(loaded: LoadedValues, console: Console): GivenValues {
  const errors = loaded.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const [first] = findingsOf(loaded.file, new SourceText(loaded.text), errors.toSorted(byPlace), console);
    throw new UsageError(textLine(first!, false));
  }
  return withFileUris(loaded.values, dirname(loaded.file));
}

const byPlace = (a: { origin: Parameters<typeof spanOf>[0] }, b: { origin: Parameters<typeof spanOf>[0] }) =>
  spanOf(a.origin).start - spanOf(b.origin).start;

function scalar(option: string, text: string): GivenValue {
  const at = text.indexOf('=');
  if (at <= 0) throw new UsageError(`${option} takes name=value, and "${text}" has no name or no "="`);
  return { name: text.slice(0, at), value: text.slice(at + 1), text: text.slice(at + 1) };
}

/** JSON, or a plain path. */
function json(option: string, text: string): GivenValue {
  const { name, value } = scalar(option, text);
  const written = String(value);
  if (!/^\s*[{["]/.test(written)) return { name, value: written, text: written };
  try {
    return { name, value: JSON.parse(written) as Json };
  } catch (error) {
    throw new UsageError(`${option} ${name}: ${written} is no JSON (${(error as Error).message})`);
  }
}
