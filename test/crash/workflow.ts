// The workflow of the crash test: two branches of jobs that count aloud, each leaving a line in a ledger outside of the workspace.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const lines = 40;

/** Step -> what it waits for. Two branches, a join, and a tail. */
const steps: Readonly<Record<string, readonly string[]>> = {
  first: [],
  left_1: ['first'],
  right_1: ['first'],
  left_2: ['left_1'],
  right_2: ['right_1'],
  join: ['left_2', 'right_2'],
  last: ['join'],
};

export const stepNames = Object.keys(steps);

/** The create-workflow body; code and ledger lie in `folder`. */
export function crashBody(folder: string) {
  writeFileSync(join(folder, 'count.mjs'), program);
  return {
    name: 'crash',
    steps: Object.entries(steps).map(([name, after]) => ({
      name,
      type: 'job',
      depend_steps: after,
      inputs: [],
      outputs: [],
      properties: {
        kind: 'job',
        algorithm: {
          code_dir: `file://${folder}/`,
          command: `node count.mjs ${name} "${join(folder, 'ledger')}"`,
          engine: { image_url: 'weft/node:24' },
        },
        spec: { resource: { flavor_id: 'cpu', node_count: 1 } },
      },
      policy: {},
    })),
  };
}

/** Counts with a small pause, so that an engine can die in the middle; the ledger has one line a start and one an end. */
const program = `import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
const [name, ledger] = process.argv.slice(2);
appendFileSync(ledger, name + ' begins\\n');
for (let line = 1; line <= ${lines}; line++) {
  console.log(name + ' ' + line);
  await setTimeout(2);
}
appendFileSync(ledger, name + ' ends\\n');
`;
