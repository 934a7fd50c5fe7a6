// Joins every use of a name to its declaration, or to the reason why not, and works out what each step depends on.
// Reports nothing: the rules turn problems into findings. What did not change since the last version keeps its objects: of a step,
// all of it, since what names mean is looked up when it is asked.
import type { Declaration, Input, Name, Output, Reference, ReferenceValue, Scene, Step, Workflow } from '../ir/workflow.ts';
import { differenceOf, spliced } from '../text/difference.ts';
import { DependencyTable, isLink, linkText } from './dependencies.ts';
import { type Mention, type Scope, usesOfDeclaration, usesOfScene, usesOfStep, usesOfWorkflow } from './mentions.ts';
import { type Cell, type Holder, NameIndex, Watch } from './names.ts';

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

/** A step with its names and everything it uses. The same object as long as the step's text does not change. */
export interface StepBinding extends Holder {
  readonly step: Step;
  /** The step, noted as looked at. */
  readonly looked: Step;
  readonly inputs: ReadonlyMap<string, Input>;
  readonly outputs: ReadonlyMap<string, Output>;
  /** In order: depend_steps, inputs, conditions, branches, skip conditions, other members, outputs. */
  readonly uses: readonly Use[];
  /** Those of the uses that say something about the order of steps. */
  readonly links: readonly Use[];
  /** Those of the uses that cannot be joined. */
  readonly problems: readonly Use[];
}

/** Valid until the next version is bound (invariant I3). */
export interface Bound {
  readonly workflow: Workflow;
  /** In the order of `workflow.steps`, repeated names included. */
  readonly bindings: readonly StepBinding[];
  /** The first of each name, as in all maps here. */
  readonly steps: NameIndex<StepBinding>;
  readonly parameters: NameIndex<Declaration>;
  readonly storages: NameIndex<Declaration>;
  readonly data: NameIndex<Declaration>;
  readonly dataRequirements: NameIndex<Declaration>;
  /** Uses outside of steps: in declarations, scenes, sub-graphs and the workflow's own members. */
  readonly uses: readonly Use[];
  /** Every use that cannot be joined. */
  readonly problems: readonly Use[];
  /** By the step's object. */
  readonly dependencies: DependencyTable;
  /** Notes what rules look at. */
  readonly watch: Watch;
}

interface Mentioning extends Holder {
  readonly uses: readonly Mention[];
}

/** Binds one document again and again; what it answered before is not valid after that. */
export interface Binder {
  update(workflow: Workflow): Bound;
}

export function bind(workflow: Workflow): Bound {
  return createBinder().update(workflow);
}

export function createBinder(): Binder {
  const watch = new Watch();
  const nameOf = ({ name }: Declaration) => name.text;
  const scope: Scope = {
    steps: new NameIndex(watch, ({ step }: StepBinding) => step.name.text),
    parameters: new NameIndex(watch, nameOf),
    storages: new NameIndex(watch, nameOf),
    data: new NameIndex(watch, nameOf),
    dataRequirements: new NameIndex(watch, nameOf),
  };
  const dependencies = new DependencyTable();
  /** Those with uses that cannot be joined. */
  const troubled = new Set<Holder>();
  let bindings: readonly BoundStep[] = [];
  let workflow: Workflow | undefined;
  /** Outside of steps: what has uses, and the uses. */
  let otherEntries: readonly (Declaration | Scene)[] = [];
  let others: readonly Mentioning[] = [];
  let ownMembers: Mentioning | undefined;

  function bindSteps(steps: readonly Step[]): readonly Cell<unknown>[] {
    const difference = differenceOf(workflow?.steps ?? [], steps);
    const { from, before, after } = difference;
    const removed = bindings.slice(from, before);
    const added = steps.slice(from, after).map((step) => new BoundStep(step, scope));
    for (const binding of added) begin(binding);
    bindings = spliced(bindings, difference, added);
    const changed = scope.steps.update(bindings);
    for (const binding of removed) end(binding);
    for (const binding of added) judge(binding);
    const isSame = removed.length === added.length && added.every((binding, index) => linksAlike(binding, removed[index]!));
    dependencies.update(bindings, from, before, isSame);
    return changed;
  }

  /** Declarations, scenes and sub-graphs; then the workflow's own members, which are read anew each time. */
  function bindOthers(next: Workflow): void {
    const declared: readonly (Declaration | Scene)[] = [...next.storages, ...next.parameters, ...next.data];
    const entries = declared.concat(next.scenes, next.subGraphs);
    const difference = differenceOf(otherEntries, entries);
    const { from, before, after } = difference;
    const added = entries.slice(from, after).map((entry, index): Mentioning => {
      if ('kind' in entry) return { uses: usesOfDeclaration(entry, scope) };
      const kind = from + index < declared.length + next.scenes.length ? 'scene' : 'sub-graph';
      return { uses: usesOfScene(kind, entry, scope) };
    });
    const head = { uses: usesOfWorkflow(next, scope) };
    const gone = [...others.slice(from, before), ...(ownMembers ? [ownMembers] : [])];
    for (const holder of [...added, head]) begin(holder);
    for (const holder of gone) end(holder);
    for (const holder of [...added, head]) judge(holder);
    others = spliced(others, difference, added);
    otherEntries = entries;
    ownMembers = head;
  }

  /** Its names are kept from now on, until `end`. */
  function begin(holder: Mentioning): void {
    for (const use of holder.uses) use.begin(holder);
  }

  function end(holder: Mentioning): void {
    troubled.delete(holder);
    for (const use of holder.uses) use.end(holder);
  }

  function judge(holder: Holder): void {
    if (holder.uses.some((use) => use.problem !== undefined)) troubled.add(holder);
    else troubled.delete(holder);
  }

  return {
    update(next) {
      const changed = [
        ...scope.storages.update(next.storages),
        ...scope.parameters.update(next.parameters),
        ...scope.data.update(next.data.filter((each) => each.section !== 'data_requirements')),
        ...scope.dataRequirements.update(next.data.filter((each) => each.section === 'data_requirements')),
        ...bindSteps(next.steps),
      ];
      bindOthers(next);
      for (const cell of changed) for (const holder of cell.users) judge(holder);
      workflow = next;
      return {
        ...scope,
        workflow: next,
        bindings,
        dependencies,
        watch,
        get uses() {
          return [...others, ...(ownMembers ? [ownMembers] : [])].flatMap(({ uses }) => uses);
        },
        get problems() {
          return [...troubled].flatMap(({ uses }) => uses.filter((use) => use.problem !== undefined));
        },
      };
    },
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

class BoundStep implements StepBinding {
  readonly step: Step;
  readonly uses: readonly Mention[];
  readonly links: readonly Mention[];
  private readonly cell: Cell<StepBinding>;
  private namedInputs: ReadonlyMap<string, Input> | undefined;
  private namedOutputs: ReadonlyMap<string, Output> | undefined;

  constructor(step: Step, scope: Scope) {
    this.step = step;
    this.uses = usesOfStep(step, scope);
    this.links = this.uses.filter(isLink);
    this.cell = scope.steps.cell(step.name.text);
  }

  get looked(): Step {
    void this.cell.meaning;
    return this.step;
  }

  get inputs(): ReadonlyMap<string, Input> {
    this.namedInputs ??= firstByName(this.step.inputs);
    return this.namedInputs;
  }

  get outputs(): ReadonlyMap<string, Output> {
    this.namedOutputs ??= firstByName(this.step.outputs);
    return this.namedOutputs;
  }

  get problems(): readonly Use[] {
    return this.uses.filter((use) => use.problem !== undefined);
  }
}

function linksAlike(a: StepBinding, b: StepBinding): boolean {
  return a.step.name.text === b.step.name.text && linkText(a) === linkText(b);
}

function firstByName<T extends { readonly name: Name }>(nodes: readonly T[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const node of nodes) if (!map.has(node.name.text)) map.set(node.name.text, node);
  return map;
}
