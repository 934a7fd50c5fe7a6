// A workflow file that is named on the command line, read; wrong names end the command with what would be right.
import { resolve } from 'node:path';
import { statSync } from 'node:fs';
import { formOf, readSource, type WorkflowSource } from '../loader/source.ts';
import { type Console, UsageError } from './command.ts';

/** A program is evaluated: who names it on a command line trusts it. */
export async function openSource(console: Console, name: string): Promise<WorkflowSource> {
  const file = resolve(console.cwd, name);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`there is no file ${file}`);
  if (stat.isDirectory()) throw new UsageError(`${file} is a folder; name a workflow file in it`);
  const form = formOf(file);
  if (!form) throw new UsageError(`${name} is no workflow file: *.workflow.yaml, *.workflow.ts, or a request body in *.json`);
  const read = await readSource(file, form);
  for (const line of read.log) console.err(`${name}: ${line}\n`);
  return read;
}
