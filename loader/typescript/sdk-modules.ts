// The SDK as modules for the confined process: from source in tests, else the bundle that ships beside ours.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModuleCode } from './confined/protocol.ts';
import { stripTypes } from './strip-types.ts';

let loaded: readonly ModuleCode[] | undefined;

/** The first one is `sdk/runtime.ts`. Read once. */
export function sdkModules(): readonly ModuleCode[] {
  loaded ??= import.meta.url.endsWith('.ts') ? fromSource() : [bundled()];
  return loaded;
}

function bundled(): ModuleCode {
  const file = fileURLToPath(new URL('../sdk/weft.mjs', import.meta.url));
  return { path: 'weft:sdk', code: readFileSync(file, 'utf8'), imports: {} };
}

function fromSource(): readonly ModuleCode[] {
  const folder = new URL('../../sdk/', import.meta.url);
  const found = new Map<string, ModuleCode>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const stripped = stripTypes(readFileSync(new URL(name, folder), 'utf8'));
    if (stripped.kind !== 'code') throw new Error(`sdk/${name}: ${stripped.message}`);
    const imports: Record<string, string> = {};
    found.set(name, { path: `weft:sdk/${name}`, code: stripped.code, imports });
    for (const [, specifier] of stripped.code.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+'(\.[^']+)'/g)) {
      const target = posix.join(posix.dirname(name), specifier!);
      imports[specifier!] = `weft:sdk/${target}`;
      visit(target);
    }
  };
  visit('runtime.ts');
  return [...found.values()];
}
