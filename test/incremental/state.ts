// All that an analysis says of a document, as one text with places as offsets: what two analyses of one text must agree on.
import type { Analysis } from '../../core/analysis.ts';
import { allUses, symbolsOf, usesOf } from '../../core/refs/symbols.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';

/** Each aspect by its name, so that a difference can be told. */
export type State = Readonly<Record<'diagnostics' | 'symbols' | 'uses' | 'dependencies' | 'workflow' | 'tree' | 'graph', string>>;

const at = (origin: Origin) => {
  const { start, end } = spanOf(origin);
  return `${start}-${end}`;
};

export function stateOf({ diagnostics, bound, workflow, parsed, source, graph }: Analysis): State {
  return {
    diagnostics: diagnostics
      .map(({ code, severity, origin, message, related, fixes, unnecessary }) => {
        const places = related?.map((each) => [at(each.origin), each.message]);
        return JSON.stringify([code, severity, at(origin), message, places, fixes?.(source.text), unnecessary]);
      })
      .join('\n'),
    symbols: [...symbolsOf(bound)]
      .map((symbol) => {
        const uses = usesOf(bound, symbol).map(({ name }) => at(name.origin));
        return `${symbol.kind} ${symbol.name.text} ${at(symbol.name.origin)} ${at(symbol.node.origin)} used ${uses.join(' ')}`;
      })
      .join('\n'),
    uses: [...allUses(bound)]
      .map(({ kind, name, place, target, problem }) => {
        const where = target ? at(target.name.origin) : problem;
        return `${kind} ${place.kind} ${name.text} ${at(name.origin)} ${where}`;
      })
      .join('\n'),
    dependencies: bound.bindings
      .map(({ step, problems }) => {
        const { derived, on, reads } = bound.dependencies.get(step)!;
        const list = (all: typeof on) => all.map((each) => `${at(each.step.origin)} by ${at(each.name.origin)}`).join(', ');
        const first = bound.steps.get(step.name.text)!.step === step ? 'first' : 'another';
        return `${first} ${step.name.text} ${derived} on ${list(on)} reads ${list(reads)} lacks ${problems.length}`;
      })
      .join('\n'),
    workflow: written(workflow),
    tree: written(parsed.tree),
    graph: JSON.stringify(graph()),
  };
}

/** Where two states differ; undefined where they are equal. */
export function difference(state: State, expected: State): string | undefined {
  for (const aspect of Object.keys(expected) as (keyof State)[]) {
    if (state[aspect] === expected[aspect]) continue;
    const [a, b] = [state[aspect].split('\n'), expected[aspect].split('\n')];
    const line = b.findIndex((each, index) => each !== a[index]);
    const place = line < 0 ? b.length : line;
    return `${aspect}, entry ${place}\n  incremental: ${a[place] ?? '(none)'}\n  anew:        ${b[place] ?? '(none)'}`;
  }
  return undefined;
}

/** A tree of plain objects; origins as spans, one entry a line below the root. */
function written(value: unknown, depth = 0): string {
  if (Array.isArray(value)) return `[${value.map((each) => written(each, depth + 1)).join(depth < 3 ? ',\n' : ',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'none';
  if ('anchor' in value) return at(value as Origin);
  const parts: string[] = [];
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) parts.push(`${key}:${written(member, depth + 1)}`);
  }
  return `{${parts.join(depth < 2 ? ',\n' : ',')}}`;
}
