// weft engine start|status|stop: the local engine of this workspace.
import { parseArgs } from 'node:util';
import { workspaceRoot } from '../../loader/workspace-root.ts';
import { findEngine, stopEngine } from '../../remote/local.ts';
import { type Command, type Console, UsageError } from '../command.ts';
import { useEngine } from '../local-engine.ts';

export const engineCommand: Command = {
  name: 'engine',
  usage: 'engine start|status|stop [--port N] [--json]',
  summary: { en: 'The local engine of this workspace', zh: '当前工作区的本地引擎' },
  examples: ['weft engine status', 'weft engine stop'],
  async run(args, console) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, port: { type: 'string' } },
      allowPositionals: true,
    });
    const [verb] = positionals;
    if (positionals.length !== 1) throw new UsageError('say what to do: weft engine start, status or stop');
    switch (verb) {
      case 'start':
        await useEngine(console, console.cwd, portOf(values.port));
        return status(console, values.json === true);
      case 'status':
        return status(console, values.json === true);
      case 'stop': {
        const root = workspaceRoot(console.cwd);
        const stopped = await stopEngine(root, { signal: console.signal });
        console.out(stopped ? `The engine of ${root} has stopped.\n` : `No engine runs for ${root}.\n`);
        return 0;
      }
      default:
        throw new UsageError(`weft engine knows start, status and stop, and not "${verb}"`);
    }
  },
};

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port is a number from 0 to 65535, and not "${text}"`);
  return port;
}

async function status(console: Console, json: boolean): Promise<number> {
  const root = workspaceRoot(console.cwd);
  const engine = await findEngine(root, console.signal);
  if (json) {
    console.out(
      `${JSON.stringify(engine ? { running: true, port: engine.file.port, ...engine.health } : { running: false, root })}\n`,
    );
  } else if (engine) {
    const { pid, version, activeRuns, startedAt } = engine.health;
    console.out(
      `The engine of ${root} runs: process ${pid}, port ${engine.file.port}, version ${version}, since ${startedAt}.\n`,
    );
    console.out(activeRuns === 0 ? 'Nothing is running.\n' : `${activeRuns} run(s) are going on.\n`);
  } else {
    console.out(`No engine runs for ${root}.\n`);
  }
  return engine ? 0 : 1;
}
