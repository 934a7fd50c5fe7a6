// Log points: a text with expressions in braces, printed when its step starts. They hold nothing; what cannot be evaluated is said in
// its place.
import { meansStart } from '../core/run/hold.ts';
import type { LogPoint } from './breakpoints.ts';

/** Undefined where the condition or the count leaves this start out. `start`: of the step in this run, from 1. */
export async function logPointText(
  { message, condition, hits }: LogPoint,
  start: number,
  evaluate: (expression: string) => Promise<string>,
): Promise<string | undefined> {
  if (hits !== undefined && !meansStart(hits, start)) return undefined;
  const said = (expression: string) =>
    evaluate(expression).catch((error: unknown) => `{${expression}: ${error instanceof Error ? error.message : String(error)}}`);
  if (condition !== undefined) {
    const result = await said(condition);
    if (result === 'false') return undefined;
    // A condition that cannot be judged would be silent for ever.
    if (result !== 'true') return `${message} ${result}`;
  }
  const pieces = await Promise.all(
    message.split(/\{([^{}]*)\}/).map((piece, index) => (index % 2 === 0 ? piece : said(piece.trim()))),
  );
  return pieces.join('');
}
