// Which names an entry of a workflow mentions, and where: its uses, joined to what the names mean.
import type {
  Condition,
  Declaration,
  ListValue,
  Name,
  Reference,
  ReferenceValue,
  Scene,
  Step,
  Value,
  Workflow,
} from '../ir/workflow.ts';
import { fieldOf } from '../ir/workflow.ts';
import type { StepBinding, Target, Use, UseKind, UsePlace, UseProblem } from './bind.ts';
import type { Cell, Holder, NameIndex } from './names.ts';

/** The names of a workflow, by collection. */
export interface Scope {
  readonly steps: NameIndex<StepBinding>;
  readonly parameters: NameIndex<Declaration>;
  readonly storages: NameIndex<Declaration>;
  readonly data: NameIndex<Declaration>;
  readonly dataRequirements: NameIndex<Declaration>;
}

/** In order: depend_steps, inputs, conditions, branches, skip conditions, other members, outputs. */
export function usesOfStep(step: Step, scope: Scope): Mention[] {
  const uses: Mention[] = [];
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
  return uses;
}

export function usesOfDeclaration(declaration: Declaration, scope: Scope): Mention[] {
  const uses: Mention[] = [];
  for (const { name, value } of declaration.fields.entries) {
    if (name.text === 'used_steps') namesIn(value, { kind: 'used-steps', declaration }, scope, uses);
    else collect(value, { kind: 'declaration', declaration }, scope, uses);
  }
  return uses;
}

export function usesOfScene(kind: 'scene' | 'sub-graph', scene: Scene, scope: Scope): Mention[] {
  return scene.steps.map((name) => stepUse(name, { kind, scene }, scope));
}

/** Of the workflow's own members. */
export function usesOfWorkflow({ fields }: Workflow, scope: Scope): Mention[] {
  const uses: Mention[] = [];
  collect(fields, { kind: 'workflow' }, scope, uses);
  const notifications = fieldOf(fields, 'notifications');
  for (const each of notifications?.kind === 'list' ? notifications.items : []) {
    const step = each.kind === 'map' ? fieldOf(each, 'step') : undefined;
    if (step?.kind === 'scalar' && step.text !== '*') {
      uses.push(stepUse({ text: step.text, origin: step.origin }, { kind: 'workflow' }, scope));
    }
  }
  return uses;
}

/** A use; what its name means is looked up when it is asked, so that a use lives as long as the text that it stands in. */
export class Mention implements Use {
  readonly kind: UseKind;
  readonly name: Name;
  readonly place: UsePlace;
  readonly value: ReferenceValue | undefined;
  /** The name that is looked up; of an output its step's. */
  readonly cell: Cell<StepBinding> | Cell<Declaration>;
  /** Looked up where the first has no meaning: data are fixed or asked for. */
  readonly second: Cell<Declaration> | undefined;

  constructor(
    kind: UseKind,
    name: Name,
    place: UsePlace,
    value: ReferenceValue | undefined,
    cell: Cell<StepBinding> | Cell<Declaration>,
    second?: Cell<Declaration>,
  ) {
    this.kind = kind;
    this.name = name;
    this.place = place;
    this.value = value;
    this.cell = cell;
    this.second = second;
  }

  /** The holder has this use from now on. */
  begin(holder: Holder): void {
    this.cell.users.add(holder);
    this.second?.users.add(holder);
  }

  end(holder: Holder): void {
    for (const cell of [this.cell, this.second]) {
      cell?.users.delete(holder);
      cell?.letGo();
    }
  }

  get target(): Target | undefined {
    const meaning = this.cell.meaning;
    if (!meaning) return this.second?.meaning;
    if (!('step' in meaning)) return meaning;
    return this.kind === 'output' ? meaning.outputs.get(this.name.text) : meaning.step;
  }

  get problem(): UseProblem | undefined {
    if (this.target) return undefined;
    switch (this.kind) {
      case 'step':
        return 'unknown-step';
      case 'output':
        return this.cell.meaning && 'unknown-output';
      case 'parameter':
        return 'unknown-parameter';
      case 'storage':
        return 'unknown-storage';
      case 'data':
        return sectionOf(this.value) === 'data_requirements' ? 'unknown-data-requirement' : 'unknown-data';
    }
  }
}

function sectionOf(value: ReferenceValue | undefined): 'data' | 'data_requirements' | undefined {
  return value?.reference.root === 'data' ? value.reference.section : undefined;
}

function namesIn(value: Value, place: UsePlace, scope: Scope, into: Mention[]): void {
  for (const item of value.kind === 'list' ? value.items : [value]) {
    if (item.kind === 'scalar') into.push(stepUse({ text: item.text, origin: item.origin }, place, scope));
  }
}

function collect(value: Value | Condition | undefined, place: UsePlace, scope: Scope, into: Mention[]): void {
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

function stepUse(name: Name, place: UsePlace, scope: Scope, value?: ReferenceValue): Mention {
  return new Mention('step', name, place, value, scope.steps.cell(name.text));
}

function referenceUses(value: ReferenceValue, place: UsePlace, scope: Scope, into: Mention[]): void {
  const { reference } = value;
  const name = reference.root === 'steps' ? reference.step : reference.name;
  switch (reference.root) {
    case 'parameters':
      into.push(new Mention('parameter', name, place, value, scope.parameters.cell(name.text)));
      break;
    case 'storages':
      into.push(new Mention('storage', name, place, value, scope.storages.cell(name.text)));
      break;
    case 'data':
      into.push(new Mention('data', name, place, value, ...dataCells(reference, scope)));
      break;
    case 'steps': {
      const use = stepUse(name, place, scope, value);
      into.push(use, new Mention('output', reference.output, place, value, scope.steps.cell(name.text)));
    }
  }
}

function dataCells(
  { section, name }: Reference & { root: 'data' },
  { data, dataRequirements }: Scope,
): readonly [Cell<Declaration>, Cell<Declaration>?] {
  if (section === 'data') return [data.cell(name.text)];
  const asked = dataRequirements.cell(name.text);
  return section === 'data_requirements' ? [asked] : [data.cell(name.text), asked];
}
