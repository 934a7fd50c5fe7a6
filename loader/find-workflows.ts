// The workflow files below a folder: `*.workflow.yaml`, `.yml` and `.ts`, without what is generated, hidden or installed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWorkflowFile } from '../core/protocol/workflow-file.ts';

const left = new Set(['node_modules', 'dist', 'out']);

/** Absolute paths in the order of their names. Folders that cannot be read are passed over. */
export function findWorkflows(root: string): readonly string[] {
  const found: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(folder)) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!left.has(entry.name)) folders.push(path);
      } else if (isWorkflowFile(entry.name)) found.push(path);
    }
  }
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
