// Where the service, the object store and the identity service of a cloud engine answer. Source: API reference 2, 3.1 and 12.
import type { ServiceEngineConfig } from '../core/config/config.ts';

export interface Endpoints {
  /** ModelArts; no final slash. */
  readonly service: string;
  /** OBS, or another store that speaks S3. */
  readonly objects: string;
  readonly identity: string;
}

/** The engine does not say where it is. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

const hosts = { service: 'modelarts', objects: 'obs', identity: 'iam' } as const;

/** Throws an EndpointError that names the member of weft.config.yaml to add. */
export function endpointsOf(engine: ServiceEngineConfig): Endpoints {
  const { region, endpoint } = engine;
  if (region !== undefined && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(region))
    throw new EndpointError(`engine "${engine.name}": "${region}" is no region; one is written like cn-north-4`);
  if (region === undefined && endpoint === undefined)
    throw new EndpointError(
      `engine "${engine.name}" says neither region nor endpoint; add "region: cn-north-4" (or yours) to it in weft.config.yaml`,
    );
  const of = (name: keyof Endpoints, written: string | undefined, member: string): string => {
    if (written !== undefined) return checked(written, engine.name, member);
    // Another top-level domain than the usual one: the siblings of the service are beside it.
    const sibling = endpoint && /^(?:https:\/\/)?modelarts\.([^/]+)\/*$/.exec(endpoint)?.[1];
    if (sibling) return `https://${hosts[name]}.${sibling}`;
    if (region !== undefined) return `https://${hosts[name]}.${region}.myhuaweicloud.com`;
    throw new EndpointError(`engine "${engine.name}" has an endpoint of its own; add "${member}: https://..." or "region" to it`);
  };
  return {
    service: of('service', endpoint, 'endpoint'),
    objects: of('objects', engine.obsEndpoint, 'obs_endpoint'),
    identity: of('identity', engine.iamEndpoint, 'iam_endpoint'),
  };
}

/** Without a scheme it is https; plain http only to this machine, since keys sign and code is sent. */
function checked(written: string, engine: string, member: string): string {
  const text = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
  const url = URL.parse(text);
  const here = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && here)))
    throw new EndpointError(`engine "${engine}": ${member} "${written}" is no https address`);
  return text.replace(/\/+$/, '');
}
