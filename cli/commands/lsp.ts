// weft lsp: the language server on stdin and stdout, for editors other than VS Code.
import { type Command, UsageError } from '../command.ts';

export const lspCommand: Command = {
  name: 'lsp',
  usage: 'lsp --stdio',
  summary: {
    en: 'Language support for any editor: the Language Server Protocol on stdin and stdout',
    zh: '为任意编辑器提供语言支持：通过标准输入输出提供语言服务器协议',
  },
  examples: ['weft lsp --stdio'],
  async run(args, { signal }) {
    const unknown = args.find((argument) => argument !== '--stdio');
    if (unknown !== undefined)
      throw new UsageError(`weft lsp speaks on stdin and stdout only, and does not know "${unknown}"; write "weft lsp --stdio"`);
    signal.addEventListener('abort', () => process.exit(130));
    // The other commands do not load it.
    const { serveStdio } = await import('../../server/node/stdio.ts');
    serveStdio();
    // The session ends the process.
    return new Promise(() => {});
  },
};
