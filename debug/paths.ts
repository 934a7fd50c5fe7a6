// How a thing of a run is written in the language of conditions: `parameters.epochs`, `steps['my step'].outputs.metrics.accuracy`.
import { plainName } from '../core/refs/scanner.ts';

export function pathOf(root: string, ...names: readonly string[]): string {
  return root + names.map((name) => (plainName.test(name) ? `.${name}` : `['${name.replaceAll("'", "''")}']`)).join('');
}
