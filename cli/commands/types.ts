// weft types: the types of the SDK below .weft/, so that `tsc` checks workflows in TypeScript where no VS Code is, such as in a build.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { typeFiles } from '../../loader/typescript/type-files.ts';
import { workspaceRoot } from '../../loader/workspace-root.ts';
import { type Command, say } from '../command.ts';

export const typesCommand: Command = {
  name: 'types',
  usage: 'types',
  summary: {
    en: 'Write the types of workflows in TypeScript to .weft/types, for tsc',
    zh: '将 TypeScript 工作流的类型写入 .weft/types，供 tsc 使用',
  },
  examples: ['weft types && tsc --noEmit'],
  async run(args, console) {
    parseArgs({ args: [...args], options: {} });
    const root = workspaceRoot(console.cwd);
    const folder = join(root, '.weft/types');
    rmSync(folder, { recursive: true, force: true });
    for (const [name, text] of typeFiles()) {
      const file = join(folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    writeFileSync(join(root, '.weft/.gitignore'), '*\n');
    const path = `./${relative(console.cwd, join(folder, 'index.d.ts')).replaceAll('\\', '/')}`;
    console.err(
      `${say(console, {
        en: `The types are in ${folder}. In the compilerOptions of tsconfig.json:`,
        zh: `类型已写入 ${folder}。在 tsconfig.json 的 compilerOptions 中写：`,
      })}\n`,
    );
    console.out(`"paths": { "weft": ["${path}"] }\n`);
    return 0;
  },
};
