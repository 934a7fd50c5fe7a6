// The names of a workflow as an editor sees them: what is declared or used at an offset, and every use of it.
// Computed when asked for, by one pass over the uses.
import type { Declaration, Input, Name, Output, Scene, Step } from '../ir/workflow.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import type { Bound, Target, Use } from './bind.ts';

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
  const covers = ({ origin }: Name) => {
    const { start, end } = spanOf(origin);
    return start <= offset && offset <= end;
  };
  for (const use of allUses(bound)) {
    if (covers(use.name)) return { symbol: use.target && symbolOf(bound, use.target), use, origin: use.name.origin };
  }
  for (const symbol of symbolsOf(bound)) if (covers(symbol.name)) return { symbol, use: undefined, origin: symbol.name.origin };
  return undefined;
}

export function usesOf(bound: Bound, symbol: WorkflowSymbol): readonly Use[] {
  return [...allUses(bound)].filter((use) => use.target === symbol.node);
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

/** Every use that could not be joined. */
export function problemsOf(bound: Bound): readonly Use[] {
  const problems = bound.uses.filter((use) => use.problem !== undefined);
  for (const binding of bound.bindings) if (binding.problems.length > 0) problems.push(...binding.problems);
  return problems;
}

function symbolOf(bound: Bound, node: Target): WorkflowSymbol {
  if (node.kind !== 'output') return { kind: node.kind, name: node.name, node };
  const step = bound.workflow.steps.find((each) => each.outputs.includes(node))!;
  return { kind: 'output', name: node.name, node, step };
}
