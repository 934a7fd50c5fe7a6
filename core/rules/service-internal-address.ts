// Internal addresses of services that are not in a pool.
import type { Output, Step } from '../ir/workflow.ts';
import { fieldOf } from '../ir/workflow.ts';
import { isReference } from './read.ts';
import type { Rule } from './rule.ts';

export const serviceInternalAddress: Rule = {
  code: 'service-internal-address',
  severity: 'warning',
  scope: 'step',
  source: 'Guide 5.4.7.3 (WG-105)',
  docs: {
    en: '`cluster_inner_access_address` exists only for services in a dedicated pool: `cluster_id` of the service that is read.',
    zh: '只有专属资源池中的服务（即设置了 `cluster_id`）才有 `cluster_inner_access_address`。',
    fails:
      'steps:\n  first:\n    type: service\n    outputs: [service]\n  second:\n    type: service\n    outputs:\n      service: { envs: { URL: "${{ steps.first.outputs.service.cluster_inner_access_address }}" } }\n',
    passes:
      'steps:\n  first:\n    type: service\n    outputs: { service: { cluster_id: c-1 } }\n  second:\n    type: service\n    outputs:\n      service: { envs: { URL: "${{ steps.first.outputs.service.cluster_inner_access_address }}" } }\n',
  },
  *check({ binding }) {
    for (const { kind, value, target } of binding.uses) {
      if (kind !== 'output' || !target || !isReference(value, 'steps')) continue;
      const source = binding.uses.find((use) => use.kind === 'step' && use.value === value)?.target as Step | undefined;
      if (source?.type !== 'service') continue;
      const { key, step } = value.reference;
      if (key?.text !== 'cluster_inner_access_address' || fieldOf((target as Output).fields, 'cluster_id')) continue;
      if ((target as Output).unread) continue;
      yield {
        origin: key.origin,
        message: {
          en: `\`${step.text}\` has no \`cluster_id\`, so no internal address, unless its models are put into a pool when it is deployed.`,
          zh: `“${step.text}”没有 \`cluster_id\`，除非部署时将模型放入资源池，否则没有内部地址。`,
        },
      };
    }
  },
};
