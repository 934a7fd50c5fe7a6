// Joins every use of a name to its declaration, or to the reason why not, and works out what each step depends on.
// Reports nothing: the rules turn problems into findings. What did not change since the last binding keeps its objects.
import type {
  Condition,
  Declaration,
  Input,
  ListValue,
  Name,
  Output,
  Reference,
  ReferenceValue,
  Scene,
  Step,
  Value,
  Workflow,
} from '../ir/workflow.ts';
import { fieldOf } from '../ir/workflow.ts';
import { type Dependencies, dependenciesOf } from './dependencies.ts';

export type UseKind = 'step' | 'output' | 'parameter' | 'data' | 'storage';

export type UseProblem =
  | 'unknown-step'
  | 'unknown-output'
  | 'unknown-parameter'
  | 'unknown-data'
  | 'unknown-data-requirement'
  | 'unknown-storage';

/** Where a name is used. */
export type UsePlace =
  | { readonly kind: 'depend' | 'then' | 'else' | 'condition' | 'skip' | 'field'; readonly step: Step }
  | { readonly kind: 'input'; readonly step: Step; readonly input: Input; readonly select: boolean }
  | { readonly kind: 'output'; readonly step: Step; readonly output: Output }
  | { readonly kind: 'declaration' | 'used-steps'; readonly declaration: Declaration }
  | { readonly kind: 'scene' | 'sub-graph'; readonly scene: Scene }
  | { readonly kind: 'workflow' };

export type Target = Step | Output | Declaration;

export interface Use {
  readonly kind: UseKind;
  /** The very name in the text. */
  readonly name: Name;
  readonly place: UsePlace;
  /** The first declaration of that name; undefined where there is none or the step it belongs to is unknown. */
  readonly target: Target | undefined;
  /** Undefined for an output of an unknown step: one mistake is one problem. */
  readonly problem: UseProblem | undefined;
  /** The value that the name stands in; undefined for bare names such as those of `depend_steps`. */
  readonly value: ReferenceValue | undefined;
}

/** A step with its names and everything it uses. The same object as long as neither the step nor a target of a use changed. */
export interface StepBinding {
  readonly step: Step;
  readonly inputs: ReadonlyMap<string, Input>;
  readonly outputs: ReadonlyMap<string, Output>;
  /** In order: depend_steps, inputs, conditions, branches, skip conditions, other members, outputs. */
  readonly uses: readonly Use[];
  /** Those of the uses that could not be joined. */
  readonly problems: readonly Use[];
}

export interface Bound {
  readonly workflow: Workflow;
  /** In the order of `workflow.steps`, repeated names included. */
  readonly bindings: readonly StepBinding[];
  /** The first of each name, as in all maps here. */
  readonly steps: ReadonlyMap<string, StepBinding>;
  readonly parameters: ReadonlyMap<string, Declaration>;
  readonly storages: ReadonlyMap<string, Declaration>;
  readonly data: ReadonlyMap<string, Declaration>;
  readonly dataRequirements: ReadonlyMap<string, Declaration>;
  /** Uses outside of steps: in declarations, scenes, sub-graphs and the workflow's own members. */
  readonly uses: readonly Use[];
  /** By the step's object. */
  readonly dependencies: ReadonlyMap<Step, Dependencies>;
  /**
   * Collections of the file that could not be read, that have an entry without a name, or steps of which there are none: what a
   * name in them means is not judged.
   */
  readonly unread: ReadonlySet<string>;
}

export function bind(workflow: Workflow, previous?: Bound): Bound {
  const scope: Scope = {
    steps: firstByName(workflow.steps),
    parameters: firstByName(workflow.parameters),
    storages: firstByName(workflow.storages),
    data: firstByName(workflow.data.filter((each) => each.section !== 'data_requirements')),
    dataRequirements: firstByName(workflow.data.filter((each) => each.section === 'data_requirements')),
    unread: unreadOf(workflow),
  };
  const known = new Map(previous?.bindings.map((binding) => [binding.step, binding]));
  const changes = previous && changesOf(previous, scope);
  const sameReading = previous?.unread === scope.unread;
  const bindings = workflow.steps.map((step) => {
    const before = sameReading ? known.get(step) : undefined;
    return before && stillHolds(before, changes!, scope) ? before : bindStep(step, scope);
  });
  const steps = new Map<string, StepBinding>();
  for (const binding of bindings) if (!steps.has(binding.step.name.text)) steps.set(binding.step.name.text, binding);
  const same =
    previous !== undefined &&
    previous.bindings.length === bindings.length &&
    bindings.every((binding, index) => binding === previous.bindings[index]);
  return {
    ...scope,
    workflow,
    bindings,
    steps,
    uses: usesOutside(workflow, scope),
    dependencies: same ? previous.dependencies : dependenciesOf(bindings),
  };
}

/** The declaration that a data reference means. */
export function dataOf(
  bound: Pick<Bound, 'data' | 'dataRequirements'>,
  reference: Reference & { root: 'data' },
): Declaration | undefined {
  const name = reference.name.text;
  if (reference.section === 'data') return bound.data.get(name);
  if (reference.section === 'data_requirements') return bound.dataRequirements.get(name);
  return bound.data.get(name) ?? bound.dataRequirements.get(name);
}

interface Scope {
  readonly steps: ReadonlyMap<string, Step>;
  readonly parameters: ReadonlyMap<string, Declaration>;
  readonly storages: ReadonlyMap<string, Declaration>;
  readonly data: ReadonlyMap<string, Declaration>;
  readonly dataRequirements: ReadonlyMap<string, Declaration>;
  readonly unread: ReadonlySet<string>;
}

const readable: ReadonlySet<string> = new Set();

function unreadOf(workflow: Workflow): ReadonlySet<string> {
  const unread = ['steps', 'parameters', 'storages', 'data', 'data_requirements'].filter((name) =>
    fieldOf(workflow.fields, name),
  );
  const nameless = (entries: readonly { readonly name: Name }[]) => entries.some(({ name }) => name.missing);
  if (workflow.steps.length === 0 || nameless(workflow.steps)) unread.push('steps');
  if (nameless(workflow.parameters)) unread.push('parameters');
  if (nameless(workflow.storages)) unread.push('storages');
  if (nameless(workflow.data)) unread.push('data', 'data_requirements');
  return unread.length === 0 ? readable : new Set(unread);
}

function firstByName<T extends { readonly name: Name }>(nodes: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const node of nodes) if (!map.has(node.name.text)) map.set(node.name.text, node);
  return map;
}

function bindStep(step: Step, scope: Scope): StepBinding {
  const uses: Use[] = [];
  for (const name of step.dependSteps ?? []) uses.push(stepUse(name, { kind: 'depend', step }, scope));
  for (const input of step.inputs) {
    collect(input.data, { kind: 'input', step, input, select: input.data?.kind === 'select' }, scope, uses);
  }
  for (const condition of step.conditions) collect(condition, { kind: 'condition', step }, scope, uses);
  for (const name of step.ifThenSteps) uses.push(stepUse(name, { kind: 'then', step }, scope));
  for (const name of step.elseThenSteps) uses.push(stepUse(name, { kind: 'else', step }, scope));
  for (const condition of step.skipConditions) collect(condition, { kind: 'skip', step }, scope, uses);
  collect(step.fields, { kind: 'field', step }, scope, uses);
  for (const output of step.outputs) collect(output.fields, { kind: 'output', step, output }, scope, uses);
  return {
    step,
    inputs: firstByName(step.inputs),
    outputs: firstByName(step.outputs),
    uses,
    problems: uses.filter((use) => use.problem !== undefined),
  };
}

function usesOutside(workflow: Workflow, scope: Scope): readonly Use[] {
  const uses: Use[] = [];
  for (const declaration of [...workflow.storages, ...workflow.parameters, ...workflow.data]) {
    for (const { name, value } of declaration.fields.entries) {
      if (name.text === 'used_steps') namesIn(value, { kind: 'used-steps', declaration }, scope, uses);
      else collect(value, { kind: 'declaration', declaration }, scope, uses);
    }
  }
  for (const [kind, scenes] of [['scene', workflow.scenes] as const, ['sub-graph', workflow.subGraphs] as const]) {
    for (const scene of scenes) for (const name of scene.steps) uses.push(stepUse(name, { kind, scene }, scope));
  }
  collect(workflow.fields, { kind: 'workflow' }, scope, uses);
  const notifications = fieldOf(workflow.fields, 'notifications');
  for (const each of notifications?.kind === 'list' ? notifications.items : []) {
    const step = each.kind === 'map' ? fieldOf(each, 'step') : undefined;
    if (step?.kind === 'scalar' && step.text !== '*') {
      uses.push(stepUse({ text: step.text, origin: step.origin }, { kind: 'workflow' }, scope));
    }
  }
  return uses;
}

function namesIn(value: Value, place: UsePlace, scope: Scope, into: Use[]): void {
  for (const item of value.kind === 'list' ? value.items : [value]) {
    if (item.kind === 'scalar' && typeof item.value === 'string')
      into.push(stepUse({ text: item.text, origin: item.origin }, place, scope));
  }
}

function collect(value: Value | Condition | undefined, place: UsePlace, scope: Scope, into: Use[]): void {
  switch (value?.kind) {
    case 'reference':
      referenceUses(value, place, scope, into);
      break;
    case 'list':
    case 'select':
      for (const item of (value as ListValue).items) collect(item, place, scope, into);
      break;
    case 'map':
      for (const field of value.entries) collect(field.value, place, scope, into);
      break;
    case 'condition':
      collect(value.left, place, scope, into);
      collect(value.right, place, scope, into);
      break;
  }
}

function stepUse(name: Name, place: UsePlace, scope: Scope, value?: ReferenceValue): Use {
  const problem = scope.unread.has('steps') ? undefined : 'unknown-step';
  return joined('step', name, place, scope.steps.get(name.text), problem, value);
}

function referenceUses(value: ReferenceValue, place: UsePlace, scope: Scope, into: Use[]): void {
  const { reference } = value;
  switch (reference.root) {
    case 'parameters':
      into.push(
        joined(
          'parameter',
          reference.name,
          place,
          scope.parameters.get(reference.name.text),
          scope.unread.has('parameters') ? undefined : 'unknown-parameter',
          value,
        ),
      );
      break;
    case 'storages':
      into.push(
        joined(
          'storage',
          reference.name,
          place,
          scope.storages.get(reference.name.text),
          scope.unread.has('storages') ? undefined : 'unknown-storage',
          value,
        ),
      );
      break;
    case 'data': {
      const problem = reference.section === 'data_requirements' ? 'unknown-data-requirement' : 'unknown-data';
      const unread = scope.unread.has(reference.section ?? 'data') || scope.unread.has('data');
      into.push(joined('data', reference.name, place, dataOf(scope, reference), unread ? undefined : problem, value));
      break;
    }
    case 'steps': {
      const use = stepUse(reference.step, place, scope, value);
      into.push(use);
      const step = use.target as Step | undefined;
      const output = step?.outputs.find((each) => each.name.text === reference.output.text);
      const problem = step && hasKnownOutputs(step) ? 'unknown-output' : undefined;
      into.push(joined('output', reference.output, place, output, problem, value));
    }
  }
}

/** Outputs that could not be read, or of a step that is just being begun, are not judged. */
function hasKnownOutputs(step: Step): boolean {
  if (step.outputs.length > 0) return !step.outputs.some(({ name }) => name.missing);
  return !step.unread && step.typeName !== undefined && fieldOf(step.fields, 'outputs') === undefined;
}

function joined(
  kind: UseKind,
  name: Name,
  place: UsePlace,
  target: Target | undefined,
  problem: UseProblem | undefined,
  value: ReferenceValue | undefined,
): Use {
  return { kind, name, place, target, problem: target ? undefined : problem, value };
}

/** What names meant before and do not mean any more. */
interface Changes {
  readonly gone: ReadonlySet<Target>;
  /** Names have a meaning that had none, so that uses without one have to be looked at again. */
  readonly added: boolean;
}

const collections = ['steps', 'parameters', 'storages', 'data', 'dataRequirements'] as const;

function changesOf(previous: Bound, scope: Scope): Changes {
  const gone = new Set<Target>();
  let added = false;
  for (const collection of collections) {
    const after: ReadonlyMap<string, Target> = scope[collection];
    let kept = 0;
    for (const [name, before] of previous[collection]) {
      const target: Target = 'step' in before ? before.step : before;
      if (after.get(name) !== target) gone.add(target);
      if (after.has(name)) kept++;
    }
    if (after.size > kept) added = true;
  }
  return { gone, added };
}

/** Whether every use of an unchanged step still means the same object. */
function stillHolds(binding: StepBinding, { gone, added }: Changes, scope: Scope): boolean {
  if (!added) return gone.size === 0 || !binding.uses.some(({ target }) => target && gone.has(target));
  return binding.uses.every((use) => {
    switch (use.kind) {
      case 'step':
        return scope.steps.get(use.name.text) === use.target;
      case 'parameter':
        return scope.parameters.get(use.name.text) === use.target;
      case 'storage':
        return scope.storages.get(use.name.text) === use.target;
      case 'data':
        return dataOf(scope, use.value!.reference as Reference & { root: 'data' }) === use.target;
      case 'output':
        return true; // belongs to the step whose use stands just before it
    }
  });
}
