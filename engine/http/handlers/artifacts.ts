// `/weft/v1/runs/{id}/artifacts`: the files that the steps of a run wrote.
import type { RunState } from '../../../core/run/reduce.ts';
import type { Registries } from '../../registries/registries.ts';
import type { Handlers } from '../server.ts';

/** `show` throws a Problem where there is no such run. */
export function artifactHandlers({ artifacts }: Registries, show: (run: string) => RunState): Handlers {
  return { ListArtifacts: async ({ path }) => ({ body: await artifacts(show(path['execution_id']!)) }) };
}
