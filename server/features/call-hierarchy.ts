// What a step waits for and what waits for it, as the hierarchy of calls that editors show: incoming is upstream, outgoing is downstream.
// Data stands above the steps that read it; parameters and storages have the steps that use them below them.
import {
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type CallHierarchyPrepareParams,
  SymbolKind,
} from 'vscode-languageserver';
import { type Declaration, type Step, textAt } from '../../core/ir/workflow.ts';
import type { StepBinding, Use } from '../../core/refs/bind.ts';
import { symbolAt } from '../../core/refs/symbols.ts';
import { stepKind } from '../../core/steps/step-kinds.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import { type Context, rangeOf, say } from '../feature.ts';

type Node = Step | Declaration;

/** How an item is found again in a later version of the document. */
interface ItemData {
  readonly kind: Node['kind'];
  readonly name: string;
}

/** On a step or any of its slots the step; on data, a parameter or a storage that. Null elsewhere. */
export function prepareCallHierarchy(context: Context, { position }: CallHierarchyPrepareParams): CallHierarchyItem[] | null {
  const { bound, source } = context.analysis;
  const symbol = symbolAt(bound, source.offsetAt(position))?.symbol;
  if (!symbol) return null;
  const node = symbol.step ?? symbol.node;
  return 'kind' in node && node.kind !== 'input' && node.kind !== 'output' ? [itemOf(context, node)] : null;
}

export function incomingCalls(context: Context, { item }: { readonly item: CallHierarchyItem }): CallHierarchyIncomingCall[] {
  const node = nodeOf(context, item);
  const binding = node?.kind === 'step' ? bindingOf(context, node) : undefined;
  return binding
    ? linksAbove(context, binding).map(({ node: from, at }) => ({ from: itemOf(context, from), fromRanges: ranges(context, at) }))
    : [];
}

export function outgoingCalls(context: Context, { item }: { readonly item: CallHierarchyItem }): CallHierarchyOutgoingCall[] {
  const node = nodeOf(context, item);
  if (!node) return [];
  const calls: CallHierarchyOutgoingCall[] = [];
  for (const binding of context.analysis.bound.steps.values()) {
    const at = linksAbove(context, binding, node.kind === 'parameter' || node.kind === 'storage').find(
      (link) => link.node === node,
    )?.at;
    if (at) calls.push({ to: itemOf(context, binding.step), fromRanges: ranges(context, at) });
  }
  return calls;
}

interface Link {
  readonly node: Node;
  /** Where the step names it. */
  readonly at: Origin[];
}

/** What stands directly above a step: the steps it waits for or reads, then data; with `all` parameters and storages too. */
function linksAbove({ analysis: { bound } }: Context, { step, uses }: StepBinding, all = false): readonly Link[] {
  const links = new Map<Node, Origin[]>();
  const add = (node: Node, origin: Origin): void => {
    const at = links.get(node);
    if (at) at.push(origin);
    else links.set(node, [origin]);
  };
  const dependencies = bound.dependencies.get(step);
  const above = new Set([...(dependencies?.on ?? []), ...(dependencies?.reads ?? [])].map((each) => each.step));
  for (const use of uses) {
    if (use.kind === 'step' && above.has(use.target as Step) && !isBranch(use)) add(use.target as Step, use.name.origin);
  }
  // A condition names the step, not the step the condition.
  for (const { step: earlier, name } of dependencies?.on ?? []) if (!links.has(earlier)) add(earlier, name.origin);
  for (const { kind, target, name } of uses) {
    if (target && (kind === 'data' || (all && (kind === 'parameter' || kind === 'storage'))))
      add(target as Declaration, name.origin);
  }
  return [...links].map(([node, at]) => ({ node, at }));
}

function isBranch({ place: { kind } }: Use): boolean {
  return kind === 'then' || kind === 'else';
}

const kinds = {
  step: SymbolKind.Function,
  parameter: SymbolKind.Variable,
  data: SymbolKind.Object,
  storage: SymbolKind.Package,
} as const;

function itemOf(context: Context, node: Node): CallHierarchyItem {
  const data: ItemData = { kind: node.kind, name: node.name.text };
  const selectionRange = rangeOf(context, node.name.origin);
  const whole = spanOf(node.origin);
  const part = spanOf(node.name.origin);
  const contains = whole.start <= part.start && part.end <= whole.end;
  const detail =
    node.kind === 'step' ? stepDetail(context, node) : textAt(node.fields, node.kind === 'storage' ? 'default' : 'type');
  return {
    name: node.name.text.trim() === '' ? '""' : node.name.text,
    kind: kinds[node.kind],
    uri: context.uri,
    range: contains ? rangeOf(context, node.origin) : selectionRange,
    selectionRange,
    ...(detail && { detail }),
    data,
  };
}

function stepDetail(context: Context, step: Step): string | undefined {
  const kind = stepKind(step.type);
  return kind ? say(context, kind.label) : step.typeName?.text;
}

function nodeOf({ analysis: { bound } }: Context, { data }: CallHierarchyItem): Node | undefined {
  const { kind, name } = data as ItemData;
  switch (kind) {
    case 'step':
      return bound.steps.get(name)?.step;
    case 'parameter':
      return bound.parameters.get(name);
    case 'storage':
      return bound.storages.get(name);
    case 'data':
      return bound.data.get(name) ?? bound.dataRequirements.get(name);
  }
}

function bindingOf({ analysis: { bound } }: Context, step: Step): StepBinding | undefined {
  return bound.steps.get(step.name.text);
}

function ranges(context: Context, origins: readonly Origin[]) {
  return origins.map((origin) => rangeOf(context, origin));
}
