// `/weft/v1/datasets`: datasets of this machine with their published versions.
import type { Registries } from '../../registries/registries.ts';
import type { Handlers } from '../server.ts';

export function datasetHandlers({ datasets }: Registries): Handlers {
  return { ListDatasets: async () => ({ body: await datasets() }) };
}
