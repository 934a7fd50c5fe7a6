// `node` of a step is the Node that the engine runs on: a folder with that one program goes in front of PATH, so that a command
// `node train.mjs` works on machines without Node, and inside VS Code, whose own program only behaves as Node when told to.
import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const electron = process.versions['electron'] !== undefined;

/** PATH of a step's process; makes the folder below the state folder where it is missing. */
export function stepPath(stateFolder: string, machine: string | undefined = process.env['PATH']): string {
  const folder = join(stateFolder, 'bin');
  makeNode(folder, process.execPath);
  return [folder, machine || '/usr/local/bin:/usr/bin:/bin'].join(delimiter);
}

function makeNode(folder: string, execPath: string): void {
  const program = join(folder, 'node');
  if (linkOf(program) === execPath) return;
  mkdirSync(folder, { recursive: true });
  // By rename, since a step may be starting through the old one.
  const draft = join(folder, `.node-${process.pid}`);
  rmSync(draft, { force: true });
  if (electron) {
    const quoted = `'${execPath.replaceAll("'", "'\\''")}'`;
    writeFileSync(draft, `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec ${quoted} "$@"\n`, { mode: 0o755 });
  } else {
    symlinkSync(execPath, draft);
  }
  renameSync(draft, program);
}

function linkOf(program: string): string | undefined {
  try {
    return readlinkSync(program);
  } catch {
    return undefined;
  }
}
