// A graph as text for other tools: JSON, Mermaid, Graphviz. Nodes are numbered where a name would not be one there.
import type { Graph } from '../core/graph/graph.ts';

/** `{nodes:[{name,type,title}], edges:[{from,to,kind}]}`. */
export function toJson(graph: Graph): string {
  const edges = graph.edges.map(({ from, to, kind }) => ({ from, to, kind }));
  return `${JSON.stringify({ nodes: graph.nodes, edges }, undefined, 2)}\n`;
}

export function toMermaid(graph: Graph): string {
  const id = ids(graph);
  const nodes = graph.nodes.map(({ name, type, title }) => {
    const label = `"${title.replace(/"/g, '#quot;')}"`;
    return `  ${id(name)}${type === 'condition' ? `{${label}}` : `[${label}]`}\n`;
  });
  const edges = lines(graph).map(({ from, to, label }) => `  ${id(from)} ${label ? `-- ${label} --> ` : '--> '}${id(to)}\n`);
  return `flowchart LR\n${nodes.join('')}${edges.join('')}`;
}

export function toDot(graph: Graph): string {
  const quote = (text: string) => `"${text.replace(/(["\\])/g, '\\$1')}"`;
  const nodes = graph.nodes.map(
    ({ name, type, title }) => `  ${quote(name)} [label=${quote(title)}, shape=${type === 'condition' ? 'diamond' : 'box'}];\n`,
  );
  const edges = lines(graph).map(
    ({ from, to, label }) => `  ${quote(from)} -> ${quote(to)}${label ? ` [label=${quote(label)}]` : ''};\n`,
  );
  return `digraph workflow {\n  rankdir=LR;\n${nodes.join('')}${edges.join('')}}\n`;
}

/** One line a pair of steps, with the branch where it is one. */
function lines(graph: Graph): readonly { readonly from: string; readonly to: string; readonly label: string }[] {
  const pairs = new Map<string, { from: string; to: string; label: string }>();
  for (const { from, to, branch } of graph.edges) {
    const key = JSON.stringify([from, to]);
    const known = pairs.get(key);
    pairs.set(key, { from, to, label: branch ?? known?.label ?? '' });
  }
  return [...pairs.values()];
}

function ids(graph: Graph): (name: string) => string {
  const numbers = new Map(graph.nodes.map(({ name }, index) => [name, `s${index + 1}`]));
  return (name) => numbers.get(name) ?? 's0';
}
