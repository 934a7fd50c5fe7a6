// Workflow -> plan of one run: the steps that take part, what each waits for, which branches decide about it, what it reads.
// Holds no state and no values: those are the run's, folded from its events.
import {
  type Condition,
  type Declaration,
  type Step,
  type StorageReference,
  textAt,
  type Value,
  valueAt,
  type Workflow,
} from '../ir/workflow.ts';
import type { Need } from '../run/events.ts';
import type { RunState } from '../run/reduce.ts';
import type { StepType } from '../steps/step-types.ts';
import { referencesIn } from './plain.ts';
import { isAskedFor, isDelayed, isRequired, needOf, outputName, type Problem } from './values.ts';

export interface Plan {
  readonly workflow: Workflow;
  /** In order of the document; positions in this list are used as indexes below and in the run's state. */
  readonly steps: readonly PlanStep[];
  /** Indexes so that each step comes after all that it waits for. */
  readonly order: readonly number[];
  /** Position of each step in `steps`, by name. */
  readonly index: ReadonlyMap<string, number>;
  /** Roots given for this run; they win over the declared ones. */
  readonly storageRoots: ReadonlyMap<string, string>;
}

export interface PlanStep {
  readonly name: string;
  readonly title: string;
  readonly type: StepType;
  readonly step: Step;
  /** The declared dependencies that take part: the default skip rule looks at these. */
  readonly dependSteps: readonly number[];
  /** These and the condition steps that name this one as a target. */
  readonly waitsFor: readonly number[];
  readonly branches: readonly Branch[];
  /** Declarations that the step reads and outputs of steps that do not take part, whatever has a value already. */
  readonly reads: readonly Read[];
  /** Those of its conditions and skip conditions: asked for before the decision. */
  readonly conditionReads: readonly Read[];
  readonly timeoutMs: number;
}

export interface Branch {
  readonly condition: number;
  /** The result of the condition that lets this step run. */
  readonly on: boolean;
}

export type Read =
  | { readonly kind: 'declared'; readonly declaration: Declaration }
  | { readonly kind: 'cut'; readonly need: Need };

export interface PlanOptions {
  /** Names of the steps that take part; all when absent. */
  readonly steps?: readonly string[];
  readonly storages?: readonly { readonly name: string; readonly path: string }[];
}

export type Planned =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Seven days, the documented default (guide table 5-3). */
const defaultMinutes = 10_080;

export function makePlan(workflow: Workflow, options: PlanOptions = {}): Planned {
  const problems: Problem[] = [];
  const known = new Set(workflow.steps.map((step) => step.name.text));
  for (const name of options.steps ?? []) if (!known.has(name)) problems.push(problem(`The workflow has no step "${name}".`));
  const chosen = options.steps && new Set(options.steps);
  const taken = workflow.steps.filter((step) => !chosen || chosen.has(step.name.text));
  if (taken.length === 0) problems.push(problem('The run has no steps.'));
  const indexes = new Map(taken.map((step, index) => [step.name.text, index]));
  const lookup: Lookup = { indexes, branches: branchesOf(taken), declarations: declarationsOf(workflow) };
  const steps = taken.flatMap((step) => {
    if (!step.type) problems.push(problem(`Step "${step.name.text}" has no known type.`));
    return step.type ? [planStep(step, step.type, lookup)] : [];
  });
  const order = sort(steps);
  if (order.length < steps.length && steps.length === taken.length) {
    const left = steps.filter((_, index) => !order.includes(index)).map((step) => step.name);
    problems.push(problem(`These steps wait for each other: ${left.join(', ')}.`));
  }
  if (problems.length > 0) return { kind: 'problems', problems };
  const storageRoots = new Map((options.storages ?? []).map(({ name, path }) => [name, path]));
  return { kind: 'plan', plan: { workflow, steps, order, index: indexes, storageRoots } };
}

/** What has to be given before the run starts: used, required, not delayed and without a value; storages without a root. */
export function missingBeforeRun(plan: Plan, state: Pick<RunState, 'values'>): readonly Need[] {
  const needs = new Map<string, Need>();
  for (const step of plan.steps) {
    for (const read of [...step.reads, ...step.conditionReads]) {
      if (read.kind === 'declared' && !isDelayed(read.declaration) && isOpen(read, plan, state)) {
        const need = needOf(read.declaration);
        needs.set(`${need.kind} ${need.name}`, need);
      }
    }
  }
  return [...needs.values()];
}

/** What the step still lacks now that it is reached. */
export function missingNow(reads: readonly Read[], plan: Plan, state: Pick<RunState, 'values'>): readonly Need[] {
  return reads
    .filter((read) => isOpen(read, plan, state))
    .map((read) => (read.kind === 'declared' ? needOf(read.declaration) : read.need));
}

/** The root of a storage: this run's, else the declared one. */
export function storageRoot(plan: Plan, name: string): string | undefined {
  const declared = plan.workflow.storages.find((storage) => storage.name.text === name);
  return plan.storageRoots.get(name) ?? textAt(declared?.fields, 'default') ?? textAt(declared?.fields, 'path');
}

/** All steps that wait for this one, directly or not. */
export function downstreamOf(plan: Plan, names: readonly string[]): ReadonlySet<number> {
  const reached = new Set<number>();
  for (const index of plan.order) {
    const step = plan.steps[index]!;
    if (step.waitsFor.some((other) => reached.has(other) || names.includes(plan.steps[other]!.name))) reached.add(index);
  }
  return reached;
}

function isOpen(read: Read, plan: Plan, state: Pick<RunState, 'values'>): boolean {
  if (read.kind === 'cut') return !state.values.data.some((value) => value.name === read.need.name);
  const { declaration } = read;
  const name = declaration.name.text;
  switch (declaration.kind) {
    case 'storage':
      return storageRoot(plan, name) === undefined;
    case 'parameter':
      return isRequired(declaration) && !state.values.parameters.some((value) => value.name === name);
    case 'data':
      return isAskedFor(declaration) && isRequired(declaration) && !state.values.data.some((value) => value.name === name);
  }
}

interface Lookup {
  readonly indexes: ReadonlyMap<string, number>;
  /** By target. */
  readonly branches: ReadonlyMap<string, readonly Branch[]>;
  /** By `keyOf`. */
  readonly declarations: ReadonlyMap<string, Declaration>;
}

function branchesOf(steps: readonly Step[]): ReadonlyMap<string, readonly Branch[]> {
  const branches = new Map<string, Branch[]>();
  const add = (condition: number, on: boolean, targets: readonly { readonly text: string }[]) => {
    for (const { text } of targets) branches.set(text, [...(branches.get(text) ?? []), { condition, on }]);
  };
  for (const [index, step] of steps.entries()) {
    add(index, true, step.ifThenSteps);
    add(index, false, step.elseThenSteps);
  }
  return branches;
}

function declarationsOf(workflow: Workflow): ReadonlyMap<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  for (const parameter of workflow.parameters) declarations.set(`parameters ${parameter.name.text}`, parameter);
  for (const storage of workflow.storages) declarations.set(`storages ${storage.name.text}`, storage);
  for (const data of workflow.data.toReversed()) {
    declarations.set(`data ${data.name.text}`, data);
    if (data.section) declarations.set(`${data.section} ${data.name.text}`, data);
  }
  return declarations;
}

function planStep(step: Step, type: StepType, lookup: Lookup): PlanStep {
  const dependSteps = indexesOf(step.dependSteps ?? [], lookup.indexes);
  const branches = lookup.branches.get(step.name.text) ?? [];
  const minutes = Number(textAt(step.fields, 'policy', 'max_execution_minutes') ?? defaultMinutes);
  return {
    name: step.name.text,
    title: step.title ?? step.name.text,
    type,
    step,
    dependSteps,
    waitsFor: [...new Set([...dependSteps, ...branches.map((branch) => branch.condition)])],
    branches,
    reads: readsOf(valuesOf(step), lookup),
    conditionReads: readsOf([...step.conditions, ...step.skipConditions].flatMap(operandsOf), lookup),
    timeoutMs: (Number.isFinite(minutes) && minutes > 0 ? minutes : defaultMinutes) * 60_000,
  };
}

function indexesOf(names: readonly { readonly text: string }[], indexes: ReadonlyMap<string, number>): number[] {
  return [...new Set(names.flatMap((name) => indexes.get(name.text) ?? []))];
}

function* valuesOf(step: Step): Generator<Value> {
  for (const input of step.inputs) if (input.data) yield input.data;
  for (const output of step.outputs) yield output.fields;
  yield step.fields;
}

function operandsOf(condition: Condition): Value[] {
  return [condition.left, condition.right].flatMap((side) =>
    !side ? [] : side.kind === 'condition' ? operandsOf(side) : [side],
  );
}

/** References of the values, and of the declarations that they reach. */
function readsOf(values: Iterable<Value>, lookup: Lookup): Read[] {
  const reads = new Map<unknown, Read>();
  const declared = (declaration: Declaration | undefined) => {
    if (!declaration || reads.has(declaration)) return;
    reads.set(declaration, { kind: 'declared', declaration });
    const fixed = declaration.kind === 'data' ? valueAt(declaration.fields, 'value') : undefined;
    if (fixed) visit(fixed);
  };
  const visit = (value: Value) => {
    for (const reference of referencesIn(value)) {
      switch (reference.root) {
        case 'parameters':
        case 'storages':
          declared(lookup.declarations.get(`${reference.root} ${reference.name.text}`));
          break;
        case 'data':
          declared(lookup.declarations.get(`${reference.section ?? 'data'} ${reference.name.text}`));
          break;
        case 'steps': {
          const { step, output } = reference;
          if (lookup.indexes.has(step.text) || value.kind === 'select') break;
          const name = outputName(step.text, output.text);
          const description = `Output "${output.text}" of step "${step.text}", which is not part of this run.`;
          reads.set(name, { kind: 'cut', need: { kind: 'data', name, type: 'obs', description } });
        }
      }
    }
  };
  for (const value of values) visit(value);
  return [...reads.values()];
}

export function dataDeclaration(
  workflow: Workflow,
  reference: { readonly name: { readonly text: string }; readonly section?: string },
): Declaration | undefined {
  const named = workflow.data.filter((data) => data.name.text === reference.name.text);
  return named.find((data) => reference.section !== undefined && data.section === reference.section) ?? named[0];
}

export interface StorageFlags {
  readonly createDir: boolean;
  readonly withExecutionId: boolean;
}

/** The reference's own flags, else the declaration's, else those of its kind (guide 5.3). */
export function storageFlags(workflow: Workflow, reference: StorageReference): StorageFlags {
  const fields = workflow.storages.find((storage) => storage.name.text === reference.name.text)?.fields;
  const isOutput = textAt(fields, 'kind') === 'output';
  const flag = (name: string) => {
    const value = valueAt(fields, name);
    return value?.kind === 'scalar' ? value.value === true : isOutput;
  };
  return {
    createDir: reference.createDir ?? flag('create_dir'),
    withExecutionId: reference.withExecutionId ?? flag('with_execution_id'),
  };
}

/** Kahn's algorithm, the document's order among equals. Steps of a cycle are left out. */
function sort(steps: readonly PlanStep[]): number[] {
  const open = steps.map((step) => step.waitsFor.length);
  const followers: number[][] = steps.map(() => []);
  for (const [index, step] of steps.entries()) for (const before of step.waitsFor) followers[before]!.push(index);
  const order = open.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let at = 0; at < order.length; at++) {
    for (const next of followers[order[at]!]!) if (--open[next]! === 0) order.push(next);
  }
  return order;
}

function problem(message: string): Problem {
  return { code: 'plan', message };
}
