// What references of a run stand for at one moment of it: values, storage paths, outputs and metrics of steps that ended.
import type { DataReference, OutputReference, Reference, SelectValue, StorageReference, Value } from '../ir/workflow.ts';
import { fieldOf } from '../ir/workflow.ts';
import type { RunState, StepState } from '../run/reduce.ts';
import { plainOf, type Plain, type PlainMap } from './plain.ts';
import { dataDeclaration, type Plan, storageFlags, storageRoot } from './plan.ts';
import { outputName, toDataValue } from './values.ts';

/** Something that a step needs is not there; it fails with this. */
export class ResolveError extends Error {
  override readonly name = 'ResolveError';
}

export interface Scope {
  /** Undefined where an optional parameter or datum has no value. Throws ResolveError. */
  read(reference: Reference): Plain | undefined;
  /** The value with all references replaced; undefined parts are left out. */
  resolve(value: Value): Plain | undefined;
  /** The candidate whose step ran: its reference, and whether others ran too (9.6). */
  choose(select: SelectValue): { readonly chosen: Value; readonly several: boolean };
  /** A number that a job wrote: entries of type `float` only. */
  metric(reference: OutputReference): number;
  /** Folders to create, found so far. */
  readonly folders: readonly string[];
  /** Texts of what was odd, found so far. */
  readonly warnings: readonly string[];
}

/** The name is asked for too, so that a value given for it is not the fixed one's. */
function requires(plan: Plan, name: string): boolean {
  return plan.workflow.data.some((data) => data.section === 'data_requirements' && data.name.text === name);
}

export function scopeOf(plan: Plan, state: RunState): Scope {
  const folders: string[] = [];
  const warnings: string[] = [];
  /** The state's steps are in the order of the plan's. */
  function stateOf(name: string): StepState | undefined {
    const index = plan.index.get(name);
    return index === undefined ? undefined : state.steps[index];
  }

  function read(reference: Reference): Plain | undefined {
    switch (reference.root) {
      case 'parameters':
        return valueOf(state.values.parameters, reference.name.text);
      case 'data':
        return readData(reference);
      case 'storages':
        return readStorage(reference);
      case 'steps':
        return readOutput(reference);
    }
  }

  function readData(reference: DataReference): Plain | undefined {
    const declaration = dataDeclaration(plan.workflow, reference);
    const given = valueOf(state.values.data, reference.name.text);
    const other = declaration?.section === 'data' && requires(plan, reference.name.text);
    if (given !== undefined && !other) return given;
    const fixed = declaration && (fieldOf(declaration.fields, 'value') ?? fieldOf(declaration.fields, 'default'));
    const value = fixed && resolve(fixed);
    return value === undefined ? undefined : toDataValue(value);
  }

  function readStorage(reference: StorageReference): string {
    const name = reference.name.text;
    const root = storageRoot(plan, name);
    if (root === undefined) throw new ResolveError(`Storage "${name}" has no root path: give it one for this run, or a default.`);
    const { createDir, withExecutionId } = storageFlags(plan.workflow, reference);
    const path = joinStorage(root, withExecutionId ? state.id : undefined, reference.path);
    if (createDir) folders.push(path);
    return path;
  }

  function readOutput(reference: OutputReference): Plain {
    const { step, output, key } = reference;
    const name = outputName(step.text, output.text);
    const found = stateOf(step.text);
    if (!found) {
      const given = valueOf(state.values.data, name);
      if (given === undefined)
        throw new ResolveError(`Step "${step.text}" is not part of this run: give the run a value for "${name}".`);
      return key ? attribute(given, reference) : given;
    }
    if (found.status === 'skipped')
      throw new ResolveError(`${describe(reference)} is not there: step "${step.text}" was skipped.`);
    if (found.status !== 'completed')
      throw new ResolveError(`${describe(reference)} is not there: step "${step.text}" is ${found.status}.`);
    const value = valueOf(found.outputs, output.text);
    if (key && found.metrics.some((metric) => metric.key === key.text)) return metric(reference);
    if (value === undefined) throw new ResolveError(`Step "${step.text}" completed without its output "${output.text}".`);
    return key ? attribute(value, reference) : value;
  }

  function attribute(value: Plain, reference: OutputReference): Plain {
    const member = (value as PlainMap | null)?.[reference.key!.text];
    if (member === undefined) throw new ResolveError(`${describe(reference)} is not there.`);
    return member;
  }

  function metric(reference: OutputReference): number {
    const { step, output, key } = reference;
    const found = stateOf(step.text);
    if (!found) throw new ResolveError(`Step "${step.text}", whose metric "${key?.text}" is compared, is not part of this run.`);
    if (found.status === 'skipped')
      throw new ResolveError(`Metric "${key?.text}" is not there: step "${step.text}" was skipped.`);
    const entries = found.metrics.filter((entry) => entry.output === undefined || entry.output === output.text);
    const entry = entries.find((candidate) => candidate.key === key?.text);
    if (!entry) {
      const keys = entries.map((candidate) => `"${candidate.key}"`).join(', ') || 'none';
      throw new ResolveError(
        `Step "${step.text}" wrote no metric "${key?.text}" to its output "${output.text}" (written: ${keys}).`,
      );
    }
    const value = entry.type === 'float' ? (entry.data as { value?: unknown } | null)?.value : undefined;
    if (typeof value !== 'number') {
      throw new ResolveError(
        `Metric "${entry.key}" of step "${step.text}" is no number: only entries of type "float" can be compared.`,
      );
    }
    return value;
  }

  function choose(select: SelectValue): { chosen: Value; several: boolean } {
    const ran = select.items.filter((item) => {
      if (item.kind !== 'reference') return true;
      const { reference } = item;
      if (reference.root !== 'steps') return read(reference) !== undefined;
      const step = stateOf(reference.step.text);
      if (!step) return valueOf(state.values.data, outputName(reference.step.text, reference.output.text)) !== undefined;
      return step.status === 'completed';
    });
    const chosen = ran[0];
    if (!chosen) throw new ResolveError('None of the sources to select from has run.');
    return { chosen, several: ran.length > 1 };
  }

  function resolve(value: Value): Plain | undefined {
    switch (value.kind) {
      case 'scalar':
        return value.value;
      case 'list':
        return value.items.map(resolve).filter((item) => item !== undefined);
      case 'map': {
        const entries = value.entries.map((entry) => [entry.name.text, resolve(entry.value)] as const);
        return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as PlainMap;
      }
      case 'reference':
        return read(value.reference);
      case 'select': {
        const { chosen, several } = choose(value);
        if (several) warnings.push(`Several sources of a selection ran; the first one is taken: ${printed(chosen)}.`);
        return resolve(chosen);
      }
    }
  }

  return { read, resolve, choose, metric, folders, warnings };
}

/** Root, execution id, sub path with single slashes in between (the guide's table of joins, 5.3). */
export function joinStorage(root: string, executionId: string | undefined, path: string): string {
  let result = root;
  for (const part of [executionId && `${executionId}/`, path]) {
    if (!part) continue;
    result = `${result.replace(/\/+$/, '')}/${part.replace(/^\/+/, '')}`;
  }
  return result;
}

export function describe(reference: Reference): string {
  switch (reference.root) {
    case 'parameters':
      return `parameter "${reference.name.text}"`;
    case 'data':
      return `data "${reference.name.text}"`;
    case 'storages':
      return `storage "${reference.name.text}"`;
    case 'steps':
      return `output "${reference.output.text}"${reference.key ? `.${reference.key.text}` : ''} of step "${reference.step.text}"`;
  }
}

function printed(value: Value): string {
  return value.kind === 'reference' ? describe(value.reference) : JSON.stringify(plainOf(value) ?? null);
}

function valueOf(values: readonly { readonly name: string; readonly value: unknown }[], name: string): Plain | undefined {
  return values.find((value) => value.name === name)?.value as Plain | undefined;
}
