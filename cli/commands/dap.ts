// weft dap: the debug adapter on stdin and stdout, for editors other than VS Code.
import { serveDap } from '../../debug/serve.ts';
import type { Command } from '../command.ts';

export const dapCommand: Command = {
  name: 'dap',
  usage: 'dap',
  summary: {
    en: 'Debug workflows: the Debug Adapter Protocol on stdin and stdout',
    zh: '调试工作流：通过标准输入输出提供调试适配器协议',
  },
  examples: ['weft dap'],
  run: () => serveDap(process.stdin, process.stdout),
};
