// The `weft` command: finds the command, runs it, turns failures into one message and an exit code.
import { commands } from './commands/index.ts';
import { type Console, UsageError } from './command.ts';
import { helpFor, overview } from './help.ts';
import { describeFailure } from './failure.ts';

const [name, ...rest] = process.argv.slice(2);
const interrupt = new AbortController();
// A second Ctrl-C ends at once.
process.once('SIGINT', () => interrupt.abort(new Error('interrupted')));
process.once('SIGTERM', () => interrupt.abort(new Error('interrupted')));
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe has gone, as `head` does.
    if (error.code === 'EPIPE') process.exit(0);
  });
}

const locale = process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '';
const console: Console = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  cwd: process.cwd(),
  colours: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
  language: locale.toLowerCase().startsWith('zh') ? 'zh' : 'en',
  signal: interrupt.signal,
};

process.exitCode = await main();

async function main(): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.out(overview(console));
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((each) => each.name === name);
  try {
    if (!command) throw new UsageError(unknownCommand(name));
    if (rest.includes('--help') || rest.includes('-h')) {
      console.out(helpFor(command, console));
      return 0;
    }
    return await command.run(rest, console);
  } catch (error) {
    if (interrupt.signal.aborted) return 130;
    console.err(`weft: ${describeFailure(error, console.language)}\n`);
    return 2;
  }
}

function unknownCommand(given: string): string {
  const near = commands.find((each) => each.name.startsWith(given) || distance(each.name, given) <= 2);
  return `there is no command "${given}"${near ? `; did you mean "weft ${near.name}"?` : '; "weft help" lists them'}`;
}

/** Edits between two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}
