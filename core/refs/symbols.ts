// The names of a workflow as an editor sees them: what is declared or used at an offset, and every use of it.
// Found by the names, when asked for.
import type { Declaration, Input, Name, Output, Scene, Step } from '../ir/workflow.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import type { Bound, Target, Use } from './bind.ts';
import type { Holder } from './names.ts';

export type SymbolNode = Step | Input | Output | Declaration | Scene;
export type SymbolKind = 'step' | 'input' | 'output' | 'parameter' | 'storage' | 'data' | 'scene' | 'sub-graph';

export interface WorkflowSymbol {
  readonly kind: SymbolKind;
  readonly name: Name;
  readonly node: SymbolNode;
  /** Of inputs and outputs. */
  readonly step?: Step;
}

export interface SymbolAt {
  /** Undefined where the name at the offset has no declaration; then `use` says why. */
  readonly symbol: WorkflowSymbol | undefined;
  /** Undefined where the offset is in the declaration. */
  readonly use: Use | undefined;
  /** The name at the offset. */
  readonly origin: Origin;
}

/** Undefined where no name stands. Both ends of a name count as inside. */
export function symbolAt(bound: Bound, offset: number): SymbolAt | undefined {
  const here = bound.bindings.filter(({ step }) => covers(step.origin, offset));
  // What an alias or a merge gives a step stands outside of it.
  for (const uses of [here.flatMap((binding) => binding.uses), allUses(bound)]) {
    for (const use of uses) {
      if (!covers(use.name.origin, offset)) continue;
      return { symbol: use.target && symbolOf(bound, use.target), use, origin: use.name.origin };
    }
  }
  for (const symbol of symbolsOf(bound)) {
    if (covers(symbol.name.origin, offset)) return { symbol, use: undefined, origin: symbol.name.origin };
  }
  return undefined;
}

function covers({ anchor, from, to }: Origin, offset: number): boolean {
  return anchor.offset + from <= offset && offset <= anchor.offset + to;
}

/** In the order of the text. */
export function usesOf(bound: Bound, { kind, node, step, name }: WorkflowSymbol): readonly Use[] {
  const users = step ? [bound.steps.usersOf(step.name.text)] : usersOf(bound, kind, name.text);
  const holders = new Set(users.flatMap((each) => [...each]));
  const uses = [...holders].flatMap((holder) => holder.uses.filter((use) => use.target === node));
  return uses.sort((a, b) => spanOf(a.name.origin).start - spanOf(b.name.origin).start);
}

/** Whether anything refers to the declaration. */
export function isUsed(bound: Bound, declaration: Declaration): boolean {
  for (const users of usersOf(bound, declaration.kind, declaration.name.text)) {
    for (const { uses } of users) if (uses.some((use) => use.target === declaration)) return true;
  }
  return false;
}

/** Who uses a name of the collections that symbols of the kind are in. */
function usersOf(bound: Bound, kind: SymbolKind, name: string): readonly ReadonlySet<Holder>[] {
  const { steps, parameters, storages, data, dataRequirements } = bound;
  if (kind === 'step') return [steps.usersOf(name)];
  if (kind === 'parameter') return [parameters.usersOf(name)];
  if (kind === 'storage') return [storages.usersOf(name)];
  return kind === 'data' ? [data.usersOf(name), dataRequirements.usersOf(name)] : [];
}

/** Every declaration, in the order of the document's collections. */
export function* symbolsOf(bound: Bound): Generator<WorkflowSymbol> {
  const { workflow } = bound;
  for (const node of [...workflow.storages, ...workflow.parameters, ...workflow.data])
    yield { kind: node.kind, name: node.name, node };
  for (const step of workflow.steps) {
    yield { kind: 'step', name: step.name, node: step };
    for (const node of [...step.inputs, ...step.outputs]) yield { kind: node.kind, name: node.name, node, step };
  }
  for (const node of workflow.scenes) yield { kind: 'scene', name: node.name, node };
  for (const node of workflow.subGraphs) yield { kind: 'sub-graph', name: node.name, node };
}

export function* allUses(bound: Bound): Generator<Use> {
  for (const binding of bound.bindings) yield* binding.uses;
  yield* bound.uses;
}

function symbolOf(bound: Bound, node: Target): WorkflowSymbol {
  if (node.kind !== 'output') return { kind: node.kind, name: node.name, node };
  const step = bound.workflow.steps.find((each) => each.outputs.includes(node))!;
  return { kind: 'output', name: node.name, node, step };
}
