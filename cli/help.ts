// Help texts, made from the commands themselves.
import { type Command, type Console, say } from './command.ts';
import { commands } from './commands/index.ts';

export function overview(console: Console): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const rows = commands.map((command) => `  weft ${command.usage.padEnd(width)}  ${say(console, command.summary)}`);
  const more = { en: 'weft COMMAND --help says more about one.', zh: 'weft 命令 --help 查看该命令的详细说明。' };
  const title = {
    en: 'weft: ModelArts workflows on this machine and in the cloud',
    zh: 'weft：在本机和云端使用 ModelArts 工作流',
  };
  return `${say(console, title)}\n\n${rows.join('\n')}\n\n${say(console, more)}\n`;
}

export function helpFor(command: Command, console: Console): string {
  const examples = command.examples.map((example) => `  ${example}`).join('\n');
  return `weft ${command.usage}\n\n${say(console, command.summary)}\n\n${examples}\n`;
}
