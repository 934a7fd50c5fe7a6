// Derives what package.json says of the extension, and the texts it refers to, from client/contributions.ts.
// Called by scripts/generate.ts; by itself it writes the same files.
import { readFileSync, writeFileSync } from 'node:fs';
import { manifest } from '../client/contributions.ts';

export interface GeneratedFile {
  /** Relative to the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const root = new URL('../', import.meta.url);

export function contributionFiles(): readonly GeneratedFile[] {
  const { members, nls } = manifest();
  const before = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as Record<string, unknown>;
  return [
    { path: 'package.json', text: toJson({ ...before, ...members }) },
    { path: 'package.nls.json', text: toJson(nls.en) },
    { path: 'package.nls.zh-cn.json', text: toJson(nls.zh) },
  ];
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

if (import.meta.main) for (const file of contributionFiles()) writeFileSync(new URL(file.path, root), file.text);
