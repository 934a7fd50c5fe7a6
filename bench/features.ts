// What each feature of the language costs on a text that was just edited, in process: the analysis is there, the answer is made. The editor
// asks for several of them with every keystroke and move of the cursor.
import { SemanticTokensBuilder } from 'vscode-languageserver';
import { createAnalyzer } from '../core/analysis.ts';
import type { Position } from '../core/text/source.ts';
import type { Context } from '../server/feature.ts';
import { codeActions } from '../server/features/actions.ts';
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from '../server/features/call-hierarchy.ts';
import { completion } from '../server/features/completion.ts';
import { diagnostics } from '../server/features/diagnostics.ts';
import { folding } from '../server/features/folding.ts';
import { format } from '../server/features/format.ts';
import { hover } from '../server/features/hover.ts';
import { inlayHints } from '../server/features/inlay-hints.ts';
import { lenses } from '../server/features/lenses.ts';
import { links } from '../server/features/links.ts';
import { definition, highlights, references } from '../server/features/navigation.ts';
import { outline } from '../server/features/outline.ts';
import { prepareRename, rename } from '../server/features/rename.ts';
import { selection } from '../server/features/selection.ts';
import { semanticTokens } from '../server/features/semantic-tokens.ts';
import { abilitiesOf } from '../server/language.ts';
import { generatedWorkflow } from '../test/support/generated/workflow.ts';
import { type Figure, quantile } from './figure.ts';

const uri = 'file:///work/a.workflow.yaml';
const textDocument = { uri };
const rounds = 15;
/** No answer takes longer than this on 2,000 lines, and completion no longer than that on 11,000. */
const bar = '<= 100 ms';
const completionBar = '<= 5 ms';

export async function* features(): AsyncGenerator<Figure> {
  for (const [steps, lines] of [
    [134, '2,000'],
    [736, '11,000'],
  ] as const) {
    const text = generatedWorkflow(steps);
    const analyzer = createAnalyzer('file');
    analyzer.update(text);
    const times = new Map<string, number[]>();
    for (let round = 0; round < rounds; round++) {
      // A sign more or less in the middle, as typing does.
      const middle = text.indexOf('\n', text.length / 2);
      const edited = round % 2 === 0 ? `${text.slice(0, middle)} # x${text.slice(middle)}` : text;
      const context: Context = {
        uri,
        version: round,
        analysis: analyzer.update(edited),
        language: 'en',
        client: { ...abilitiesOf({}), hierarchicalSymbols: true, snippets: true, commands: { lenses: true } },
      };
      for (const [name, answer] of Object.entries(asked(context))) {
        const begun = performance.now();
        answer();
        const taken = performance.now() - begun;
        times.set(name, [...(times.get(name) ?? []), taken]);
      }
    }
    for (const [name, all] of times) {
      const limit = lines === '2,000' ? bar : name.startsWith('completion') ? completionBar : undefined;
      // The first round is a cold machine.
      const value = quantile(all.slice(1), lines === '2,000' ? 0.95 : 0.5);
      yield { what: `${name}, ${lines} lines`, value, unit: 'ms', ...(limit && { bar: limit }) };
    }
  }
}

function asked(context: Context): Readonly<Record<string, () => unknown>> {
  const { source, bound } = context.analysis;
  const { text } = source;
  const find = (pattern: RegExp, from = text.length / 2): Position => {
    pattern.lastIndex = from;
    const found = pattern.exec(text)!;
    return source.positionAt(found.index + found[0].length);
  };
  const inReference = find(/\$\{\{ steps\./g);
  const atKey = find(/\n {4}\w/g);
  const atName = find(/\n {2}\w/g);
  const seen = {
    start: source.positionAt(source.lineStart(source.lineCount >> 1)),
    end: source.positionAt(source.lineStart((source.lineCount >> 1) + 60)),
  };
  const at = (position: Position) => ({ textDocument, position });
  const end = source.positionAt(text.length);
  const noFindings = { diagnostics: [] };
  const middle = [...bound.steps.values()][bound.steps.size >> 1]!.step;
  const declared = source.positionAt(middle.name.origin.anchor.offset + middle.name.origin.from + 1);
  return {
    'completion in a reference': () => completion(context, at(inReference)),
    'completion of keys': () => completion(context, at(atKey)),
    hover: () => hover(context, at(declared)),
    'hover at a key': () => hover(context, at(atKey)),
    definition: () => definition(context, at(inReference)),
    references: () => references(context, { ...at(declared), context: { includeDeclaration: true } }),
    highlights: () => highlights(context, at(declared)),
    'rename, prepared': () => prepareRename(context, at(declared)),
    rename: () => rename(context, { ...at(declared), newName: 'another' }),
    'call hierarchy': () =>
      (prepareCallHierarchy(context, at(declared)) ?? []).map((item) => [
        incomingCalls(context, { item }),
        outgoingCalls(context, { item }),
      ]),
    'code actions': () => codeActions(context, { textDocument, range: { start: atName, end: atName }, context: noFindings }),
    'fix all': () =>
      codeActions(context, {
        textDocument,
        range: { start: atName, end: atName },
        context: { ...noFindings, only: ['source.fixAll'] },
      }),
    diagnostics: () => diagnostics(context),
    'colours of all': () => semanticTokens(context, new SemanticTokensBuilder()),
    'colours in sight': () => semanticTokens(context, new SemanticTokensBuilder(), seen),
    'inlay hints in sight': () => inlayHints(context, { textDocument, range: seen }),
    'inlay hints of all': () => inlayHints(context, { textDocument, range: { start: { line: 0, character: 0 }, end } }),
    lenses: () => lenses(context),
    links: () => links(context),
    outline: () => outline(context),
    folding: () => folding(context),
    selection: () => selection(context, { textDocument, positions: [inReference] }),
    formatting: () => format(context, { textDocument, options: { tabSize: 2, insertSpaces: true } }),
  };
}
