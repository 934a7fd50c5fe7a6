// The debug adapter's process: DAP on stdin and stdout. `weft dap` is the same.
import { serveDap } from './serve.ts';

process.exitCode = await serveDap(process.stdin, process.stdout);
