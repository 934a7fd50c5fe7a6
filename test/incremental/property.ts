// The incremental analysis against one made anew, over random edits of varied documents. The same seed makes the same edits.
// Usage: node scripts/run.mjs test/incremental/property.ts [EDITS] [SEED]
import { analyze, createAnalyzer } from '../../core/analysis.ts';
import { randomFrom } from '../support/generated/graph.ts';
import { edited } from './edits.ts';
import { difference, stateOf } from './state.ts';
import { starts } from './texts.ts';

export interface Failure {
  /** How many edits were made before it. */
  readonly edits: number;
  readonly text: string;
}

const mostEdits = 24;
const longest = 8_000;

/** Undefined where every state was equal. */
export function firstFailure(seed: number, edits: number): Failure | undefined {
  const random = randomFrom(seed);
  let made = 0;
  while (made < edits) {
    const { form, text: start } = starts[Math.floor(random() * starts.length)]!;
    const analyzer = createAnalyzer(form);
    const past: string[] = [];
    let text = start;
    analyzer.update(text);
    for (let left = 1 + Math.floor(random() * mostEdits); left > 0 && made < edits; left--) {
      const next = edited(text, past, random);
      if (next.length > longest) break;
      made++;
      past.push(text);
      const before = text;
      text = next;
      const problem = compared(() => difference(stateOf(analyzer.update(text)), stateOf(analyze(text, form))));
      if (problem === undefined) continue;
      const shown = [`seed ${seed}, edit ${made}, a ${form}: ${problem}`, JSON.stringify(before), JSON.stringify(text)];
      return { edits: made, text: shown.join('\n') };
    }
  }
  return undefined;
}

function compared(compare: () => string | undefined): string | undefined {
  try {
    return compare();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

if (import.meta.main) {
  const edits = Number(process.argv[2] ?? 20_000);
  const seed = Number(process.argv[3] ?? 1);
  const failure = firstFailure(seed, edits);
  console.log(failure ? failure.text : `${edits} edits, seed ${seed}: every state equal to one made anew`);
  process.exitCode = failure ? 1 : 0;
}
