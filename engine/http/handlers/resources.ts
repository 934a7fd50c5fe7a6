// `/weft/v1/step-executions/{id}/resources`: what the processes of a step's attempt used, from a moment on.
import { readSamples } from '../../streams/resources.ts';
import type { Handlers } from '../server.ts';
import { type AttemptFolderOf, optional } from './logs.ts';

export function resourceHandlers(folderOf: AttemptFolderOf): Handlers {
  return {
    ListResourceSamples: async ({ path, query }) => {
      const folder = folderOf(path['step_execution_id']!, optional(query, 'attempt'));
      return { body: folder === undefined ? [] : await readSamples(folder, optional(query, 'after') ?? 0) };
    },
  };
}
