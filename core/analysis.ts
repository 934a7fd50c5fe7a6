// Everything that is known about one version of a document, and how the next version is analysed from the one before:
// entries that an edit did not touch keep their objects through tree, workflow, binding and findings.
import { buildGraph } from './graph/build.ts';
import type { Graph } from './graph/graph.ts';
import type { Form } from './ir/entries.ts';
import { createLowering } from './ir/lower.ts';
import type { Workflow } from './ir/workflow.ts';
import { type Bound, bind, createBinder } from './refs/bind.ts';
import { check, createChecker } from './rules/check.ts';
import { type ParsedText, parse, reparse } from './syntax/parse.ts';
import type { MapNode } from './syntax/tree.ts';
import { type Diagnostic, inOrder } from './text/diagnostic.ts';
import { SourceText } from './text/source.ts';

/** Valid until the next one of the same document is made (invariant I3). */
export interface Analysis {
  readonly form: Form;
  readonly source: SourceText;
  readonly parsed: ParsedText;
  readonly workflow: Workflow;
  readonly bound: Bound;
  /** In order of the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** The text is a program and the tree is what it made: its entries do not stand inside of each other. */
  readonly isProgram?: true;
  /** Built when first asked for. */
  graph(): Graph;
}

/** Analyses one document again and again. Never throws, whatever the text. */
export interface Analyzer {
  update(text: string | SourceText): Analysis;
}

/** `file` is a workflow file in YAML, `body` a request body in JSON. */
export function createAnalyzer(form: Form): Analyzer {
  const lowering = createLowering(form);
  const binder = createBinder();
  const checker = createChecker();
  let latest: Analysis | undefined;
  return {
    update(given) {
      const source = typeof given === 'string' ? new SourceText(given) : given;
      const { text } = source;
      if (latest?.source.text === text) return latest;
      const parsed = latest ? reparse(latest.parsed, text) : parse(text, form === 'body' ? 'json' : 'yaml');
      const { workflow, findings } = lowering.lower(parsed.tree);
      const bound = binder.update(workflow);
      const found = [...parsed.findings, ...findings, ...checker.check(bound)];
      latest = analysisOf(form, source, parsed, bound, inOrder(found));
      return latest;
    },
  };
}

export function analyze(text: string, form: Form = 'file'): Analysis {
  return createAnalyzer(form).update(text);
}

/** Of a document whose tree is not read from its text but made by it: a program. `found`: what came up while it was made. */
export function analyzeTree(text: string, tree: MapNode, found: readonly Diagnostic[]): Analysis {
  const { workflow, findings } = createLowering('file').lower(tree);
  const bound = bind(workflow);
  const parsed: ParsedText = {
    text,
    language: 'yaml',
    tree,
    findings: found,
    anchor: { offset: 0 },
    parts: [],
    frame: { start: 0, looked: 0, end: -1 },
  };
  const diagnostics = inOrder([...found, ...findings, ...check(bound)]);
  return { ...analysisOf('file', new SourceText(text), parsed, bound, diagnostics), isProgram: true };
}

function analysisOf(
  form: Form,
  source: SourceText,
  parsed: ParsedText,
  bound: Bound,
  diagnostics: readonly Diagnostic[],
): Analysis {
  const { workflow } = bound;
  let graph: Graph | undefined;
  return {
    form,
    source,
    parsed,
    workflow,
    bound,
    diagnostics,
    graph: () => (graph ??= buildGraph(workflow, bound)),
  };
}
