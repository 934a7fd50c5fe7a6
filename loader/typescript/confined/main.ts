// The confined process: reads the SDK, gets warm, locks itself down, reads one program, answers, ends. It has an empty environment, no
// access to files but its own, a limit of memory, and the loader ends it when its time is up.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { lockDown } from './lock-down.ts';
import { type Answer, type Program, ready, type WarmUp } from './protocol.ts';
import { createRealm } from './realm.ts';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function nextLine<T>(): Promise<T> {
  const { value, done } = await lines.next();
  if (done) process.exit(0);
  return JSON.parse(value as string) as T;
}

function answer(text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // A pipe that is full for the moment.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

const realm = await createRealm(await nextLine<WarmUp>());
const { exit } = process;
answer(ready);
const program = await nextLine<Program>();
await lines.return?.();
process.stdin.destroy();
lockDown();
process.once('beforeExit', () => {
  answer(JSON.stringify({ kind: 'unsettled' } satisfies Answer));
  exit(0);
});
let text: string;
try {
  text = await realm.run(program);
} catch (error) {
  // Linking failed: an import that its module does not export, or text that is no program.
  const { name, message, stack } = error as Error;
  text = JSON.stringify({ kind: 'failed', name, message, stack: String(stack) });
}
answer(`${text.slice(0, -1)},"log":${realm.log()}}`);
exit(0);
