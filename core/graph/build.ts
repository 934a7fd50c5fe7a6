// The graph of a bound workflow. Names that lead nowhere have no edge; a repeated step name is one node, its first.
import type { Step, Workflow } from '../ir/workflow.ts';
import type { Bound } from '../refs/bind.ts';
import type { Graph, GraphEdge } from './graph.ts';

/** Nodes in the order of the document; edges grouped by the step they lead to, in that order. */
export function buildGraph(workflow: Workflow, bound: Bound): Graph {
  const steps = [...bound.steps.values()].map(({ step }) => step);
  const branches = branchEdges(bound);
  return {
    nodes: steps.map((step) => ({
      name: step.name.text,
      type: step.typeName?.text ?? step.type ?? '',
      title: step.title ?? step.name.text,
    })),
    edges: steps.flatMap((step) => [...edgesInto(step, bound), ...(branches.get(step.name.text) ?? [])]),
  };
}

function edgesInto(step: Step, bound: Bound): readonly GraphEdge[] {
  const dependencies = bound.dependencies.get(step)!;
  const to = step.name.text;
  return [
    ...dependencies.on.map((each): GraphEdge => ({ from: each.step.name.text, to, kind: 'depends' })),
    ...dependencies.reads.map((each): GraphEdge => ({ from: each.step.name.text, to, kind: 'data' })),
  ];
}

/** By target. A step that both branches name has the edge of the first. */
function branchEdges(bound: Bound): ReadonlyMap<string, readonly GraphEdge[]> {
  const edges = new Map<string, GraphEdge[]>();
  for (const { step, uses } of bound.steps.values()) {
    const seen = new Set<string>();
    for (const { place, target, name } of uses) {
      if ((place.kind !== 'then' && place.kind !== 'else') || !target || seen.has(name.text)) continue;
      seen.add(name.text);
      const edge: GraphEdge = { from: step.name.text, to: name.text, kind: 'branch', branch: place.kind };
      edges.set(name.text, [...(edges.get(name.text) ?? []), edge]);
    }
  }
  return edges;
}
