// Every benchmark, each figure beside its peer's from the same run. Usage: npm run bench [-- NAME...] [--short]
// They are no tests: nothing fails by a figure. docs/benchmarks.md has those of a quiet machine.
import { availableParallelism, totalmem } from 'node:os';
import { bundleAll } from '../scripts/bundle.ts';
import { engine } from './engine.ts';
import { features } from './features.ts';
import { type Figure, show } from './figure.ts';
import { graph } from './graph.ts';
import { language } from './language.ts';
import { log } from './log.ts';
import { typescript } from './typescript.ts';

const benches: Readonly<Record<string, () => AsyncGenerator<Figure>>> = {
  language,
  features,
  typescript,
  engine,
  log,
  graph,
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}"; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}
await bundleAll();
console.log(`Node ${process.version}, ${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`);
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n${name}`);
  for await (const figure of bench()) console.log(show(figure));
}
process.exit(0);
