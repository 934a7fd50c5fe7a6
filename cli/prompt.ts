// Asks a person in the terminal: one line a value, again until it fits, nothing stored.
import { createInterface } from 'node:readline/promises';
import type { Need } from '../core/run/events.ts';
import type { Console } from './command.ts';

/** The answer as text; rejects on Ctrl-C. `check` says what is wrong with an answer, or undefined. */
export async function ask(question: string, console: Console, check: (text: string) => string | undefined): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    for (;;) {
      const text = (await lines.question(question, { signal: console.signal })).trim();
      const wrong = check(text);
      if (wrong === undefined) return text;
      console.err(`${wrong}\n`);
    }
  } finally {
    lines.close();
  }
}

/** "epochs (int): How often ..." and its choices. */
export function questionFor({ kind, name, type, description, choices }: Need): string {
  const list = choices && choices.length > 0 ? ` [${choices.map(String).join(', ')}]` : '';
  return `${kind} ${name} (${type})${list}${description ? `: ${description}` : ''}\n> `;
}
