// `/weft/v1/models`: models of this machine with their versions.
import type { Registries } from '../../registries/registries.ts';
import type { Handlers } from '../server.ts';

export function modelHandlers({ models }: Registries): Handlers {
  return { ListModels: async () => ({ body: await models() }) };
}
