// The graph of a document for its picture: laid out, with the place of each step in the text and what is wrong there.
import type { Graph } from '../../core/graph/graph.ts';
import type { GraphResult } from '../../core/protocol/lsp.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { Context } from '../feature.ts';
import { rangeOf } from '../feature.ts';

/** All of it but the positions, which take a worker. */
export type Drawing = Omit<GraphResult, 'layout'>;

/** Undefined where the document has no steps. */
export function drawing(context: Context): Drawing | undefined {
  const { uri, version, analysis } = context;
  const graph = analysis.graph();
  if (graph.nodes.length === 0) return undefined;
  const steps = [...analysis.bound.steps.values()].map(({ step }) => step);
  return {
    uri,
    version,
    name: analysis.workflow.name?.text ?? '',
    graph,
    ranges: steps.map(({ origin }) => rangeOf(context, origin)),
    scenes: analysis.workflow.scenes.map(({ name, steps: members }) => ({
      name: name.text,
      steps: members.map(({ text }) => text),
    })),
    findings: findingsOf(context),
  };
}

/** Errors and warnings by the step that they stand in. */
function findingsOf({ analysis }: Context): Drawing['findings'] {
  const counts = new Map<string, { errors: number; warnings: number }>();
  const steps = analysis.workflow.steps
    .map(({ name, origin }) => ({ name: name.text, ...spanOf(origin) }))
    .sort((a, b) => a.start - b.start);
  let index = 0;
  for (const { severity, origin } of analysis.diagnostics) {
    if (severity !== 'error' && severity !== 'warning') continue;
    const { start } = spanOf(origin);
    while (index < steps.length && steps[index]!.end < start) index++;
    const step = steps[index];
    if (!step || start < step.start) continue;
    const count = counts.get(step.name) ?? { errors: 0, warnings: 0 };
    counts.set(step.name, count);
    if (severity === 'error') count.errors++;
    else count.warnings++;
  }
  return [...counts].map(([step, count]) => ({ step, ...count }));
}

/** What a picture shows, as one text: equal when nothing that is drawn changed, lines of the steps included. */
export function fingerprint(drawn: Drawing | undefined): string {
  if (!drawn) return '';
  const { name, graph, ranges, scenes, findings } = drawn;
  return JSON.stringify([
    name,
    graphFingerprint(graph),
    ranges.map(({ start, end }) => [start.line, end.line]),
    scenes,
    findings,
  ]);
}

export function graphFingerprint({ nodes, edges }: Graph): string {
  return JSON.stringify([nodes, edges]);
}
