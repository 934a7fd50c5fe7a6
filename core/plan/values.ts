// Values of a run: what the request gives, else the workflow's value, else its default; checked and brought to the declared type.
// Precedence between command line and values file is the client's: it sends one value per name.
import { type Declaration, fieldOf, textAt, type Value, type Workflow } from '../ir/workflow.ts';
import type { NamedValue, Need, RunValues } from '../run/events.ts';
import type { Plain } from './plain.ts';
import { plainOf } from './plain.ts';

export interface Problem {
  readonly code: string;
  readonly message: string;
}

export interface RequestedValues {
  readonly parameters?: readonly { readonly name: string; readonly value?: unknown }[];
  readonly data?: readonly { readonly name: string; readonly value?: unknown }[];
}

export interface CollectedValues {
  readonly values: RunValues;
  readonly problems: readonly Problem[];
}

/** Values for every declaration that has one; what is missing is told by `missingNeeds`. */
export function collectValues(workflow: Workflow, requested: RequestedValues): CollectedValues {
  const problems: Problem[] = [];
  const parameters = collect(workflow.parameters, requested.parameters ?? [], checkParameter, problems, 'parameter');
  const asked = workflow.data.filter((declaration) => isAskedFor(declaration));
  const data = collect(
    asked,
    requested.data ?? [],
    (_, value) => ({ kind: 'value', value: toDataValue(value) }),
    problems,
    'data',
  );
  return { values: { parameters, data }, problems };
}

/** Values that a person or a retry adds later: only what is given, checked. */
export function checkAnswers(workflow: Workflow, requested: RequestedValues): CollectedValues {
  const only = (declarations: readonly Declaration[], given: RequestedValues['parameters']) =>
    declarations.filter((declaration) =>
      given?.some((entry) => entry.name === declaration.name.text && entry.value !== undefined),
    );
  const problems: Problem[] = [];
  const parameters = collect(
    only(workflow.parameters, requested.parameters),
    requested.parameters ?? [],
    checkParameter,
    problems,
    'parameter',
  );
  const declared = new Set(workflow.data.map((declaration) => declaration.name.text));
  const data = (requested.data ?? []).flatMap(({ name, value }) => {
    if (value === undefined) return [];
    if (!declared.has(name) && !isOutputName(name)) problems.push(unknownName('data', name));
    return [{ name, value: toDataValue(value as Plain) }];
  });
  return { values: { parameters, data }, problems };
}

/** Without a fixed value: the run has to be given one. */
export function isAskedFor(declaration: Declaration): boolean {
  return declaration.section ? declaration.section === 'data_requirements' : fieldOf(declaration.fields, 'value') === undefined;
}

/** Asked for when the step is reached, not before the run. The lists of models of a service are so unless said otherwise. */
export function isDelayed(declaration: Declaration): boolean {
  const delay = fieldOf(declaration.fields, 'delay');
  if (delay?.kind === 'scalar') return delay.value === true;
  return textAt(declaration.fields, 'type') === 'model_list';
}

export function isRequired(declaration: Declaration): boolean {
  const required = fieldOf(declaration.fields, 'required');
  return !(required?.kind === 'scalar' && required.value === false);
}

export function needOf(declaration: Declaration): Need {
  const { fields, kind } = declaration;
  const description = textAt(fields, 'description');
  const choices = fieldOf(fields, 'enum');
  return {
    kind,
    name: declaration.name.text,
    type: textAt(fields, 'type') ?? (kind === 'parameter' ? 'str' : 'obs'),
    ...(description !== undefined && { description }),
    ...(choices?.kind === 'list' && { choices: choices.items.map((item) => plainOf(item) ?? null) }),
  };
}

/** The name by which a run can be given the output of a step that it does not contain (9.7). */
export function outputName(step: string, output: string): string {
  return `steps.${step}.outputs.${output}`;
}

/** A path given as text is an OBS path; the file's `obs_path` is the wire's `obs_url`. */
export function toDataValue(value: Plain): Plain {
  if (typeof value === 'string') return { obs_url: value };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { obs_path: path, ...rest } = value as { readonly [name: string]: Plain };
  return path === undefined ? value : { ...rest, obs_url: path };
}

type Checked = { readonly kind: 'value'; readonly value: Plain } | { readonly kind: 'problem'; readonly problem: Problem };

/** Brings a value to the declared type: JSON values, and the texts that a command line or a form gives. */
export function checkParameter(declaration: Declaration, given: Plain): Checked {
  const { fields } = declaration;
  const type = textAt(fields, 'type') ?? 'str';
  const value = toType(type, given, textAt(fields, 'format') ?? textAt(fields, 'items'));
  if (value === undefined) {
    return refuse(declaration, `takes ${article(type)}${type}, not ${show(given)}`);
  }
  const choices = fieldOf(fields, 'enum');
  if (choices?.kind === 'list' && choices.items.length > 0) {
    const allowed = choices.items.map((item) => (type === 'str' && item.kind === 'scalar' ? item.text : plainOf(item)));
    const member = allowed.find((item) => item === value || String(item) === String(value));
    if (member === undefined) return refuse(declaration, `is one of ${allowed.map(show).join(', ')}, not ${show(given)}`);
    return { kind: 'value', value: member };
  }
  return { kind: 'value', value };
}

function collect(
  declarations: readonly Declaration[],
  given: readonly { readonly name: string; readonly value?: unknown }[],
  check: (declaration: Declaration, value: Plain) => Checked,
  problems: Problem[],
  what: string,
): NamedValue[] {
  const names = new Set(declarations.map((declaration) => declaration.name.text));
  for (const { name } of given) if (!names.has(name) && !isOutputName(name)) problems.push(unknownName(what, name));
  const values: NamedValue[] = [];
  for (const declaration of declarations) {
    const name = declaration.name.text;
    const request = given.findLast((entry) => entry.name === name && entry.value !== undefined);
    const value = request ? (request.value as Plain) : declaredValue(declaration);
    if (value === undefined || (value === null && !request)) continue;
    const checked = check(declaration, value);
    if (checked.kind === 'problem') problems.push(checked.problem);
    else values.push({ name, value: checked.value });
  }
  for (const { name, value } of given) if (isOutputName(name) && value !== undefined) values.push({ name, value });
  return values;
}

function declaredValue({ fields, kind }: Declaration): Plain | undefined {
  const written: Value | undefined = fieldOf(fields, 'value') ?? fieldOf(fields, 'default');
  if (!written) return undefined;
  if (kind === 'parameter' && written.kind === 'scalar' && textAt(fields, 'type') === 'str' && written.value !== null)
    return written.text;
  const plain = plainOf(written);
  // An empty object is how the console stores "not chosen yet".
  return kind === 'data' && typeof plain === 'object' && plain !== null && Object.keys(plain).length === 0 ? undefined : plain;
}

function isOutputName(name: string): boolean {
  return /^steps\..+\.outputs\./.test(name);
}

function toType(type: string, value: Plain, format: string | undefined): Plain | undefined {
  switch (type) {
    case 'str':
      return typeof value === 'string'
        ? value
        : typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : undefined;
    case 'int':
      return toNumber(value, Number.isSafeInteger);
    case 'float':
      return toNumber(value, Number.isFinite);
    case 'bool':
      if (typeof value === 'boolean') return value;
      return value === 'true' || value === 'True' ? true : value === 'false' || value === 'False' ? false : undefined;
    case 'json': {
      const read = typeof value === 'string' ? readJson(value) : value;
      return typeof read === 'object' && read !== null ? read : undefined;
    }
    case 'list': {
      const read = typeof value === 'string' ? readJson(value) : value;
      if (!Array.isArray(read)) return undefined;
      const items = read.map((item: Plain) =>
        format === undefined || !isScalarType(format) ? item : toType(format, item, undefined),
      );
      return items.includes(undefined) ? undefined : (items as Plain[]);
    }
    default:
      return value; // enum, and types of a newer service
  }
}

function isScalarType(type: string): boolean {
  return type === 'str' || type === 'int' || type === 'float' || type === 'bool';
}

function toNumber(value: Plain, accept: (value: number) => boolean): number | undefined {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return accept(number) ? number : undefined;
}

/** JSON, or what the SDK's prompts also take: Python's single quotes. */
function readJson(text: string): Plain | undefined {
  for (const candidate of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(candidate) as Plain;
    } catch {
      // the other spelling
    }
  }
  return undefined;
}

function refuse(declaration: Declaration, text: string): Checked {
  return { kind: 'problem', problem: { code: 'value-type', message: `Parameter "${declaration.name.text}" ${text}.` } };
}

function unknownName(what: string, name: string): Problem {
  return { code: 'value-unknown', message: `The workflow has no ${what} "${name}".` };
}

function article(type: string): string {
  return type === 'int' ? 'an ' : type === 'enum' ? 'an ' : 'a ';
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
