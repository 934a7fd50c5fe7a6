// A client of the stand-in, as a user's engine of weft.config.yaml would make it; retries do not wait.
import type { ServiceEngineConfig } from '../../../core/config/config.ts';
import { credentials } from '../../../remote/credentials.ts';
import { connectService, type Service } from '../../../remote/service.ts';
import type { RetryPolicy } from '../../../remote/transport.ts';
import { projectId, type StandIn, testKeys } from './stand-in.ts';

export const atOnce = { attempts: 4, firstDelayMs: 0, longestDelayMs: 0 };

export const [[testAccessKey, { secret: testSecretKey }]] = Object.entries(testKeys) as [
  [keyof typeof testKeys, { readonly secret: string }],
];

export function engineFor(service: StandIn, more: Partial<ServiceEngineConfig> = {}): ServiceEngineConfig {
  return {
    kind: 'modelarts',
    name: 'prod',
    region: 'cn-north-4',
    projectId,
    endpoint: service.url,
    iamEndpoint: service.url,
    ...more,
  };
}

export function connect(
  service: StandIn,
  more: Partial<ServiceEngineConfig> = {},
  secretKey: string = testSecretKey,
  retry: RetryPolicy = atOnce,
): Promise<Service> {
  const keys = credentials({ accessKey: testAccessKey, secretKey }, 'the test');
  return connectService(engineFor(service, more), keys, { retry });
}
