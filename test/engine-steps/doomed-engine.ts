// An engine to be killed: submits pieces of work as fast as it can and says so on its standard output.
// Usage: node doomed-engine.ts ROOT COUNT
import { createProcessExecutor } from '../../engine/executors/process.ts';
import { countingWork } from './counting-work.ts';

const [root, count] = process.argv.slice(2);
const executor = createProcessExecutor();
process.stdout.write('ready\n');
for (let index = 0; index < Number(count); index++) await executor.submit(countingWork(root!, index));
