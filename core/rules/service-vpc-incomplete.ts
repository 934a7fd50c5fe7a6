// Services in a network of one's own without all that it needs.
import { fieldOf } from '../ir/workflow.ts';
import { entryOf } from './read.ts';
import type { Rule } from './rule.ts';

export const serviceVpcIncomplete: Rule = {
  code: 'service-vpc-incomplete',
  severity: 'error',
  scope: 'step',
  stepType: 'service',
  source: 'Guide 5.4.7.2, table of ServiceConfig; SDK X9 (WG-101, WG-102)',
  docs: {
    en: 'With `vpc_id` the service also needs `subnet_network_id` and `security_group_id`. With a dedicated pool (`cluster_id`) the network of the pool counts and `vpc_id` has no effect: a warning.',
    zh: '使用 `vpc_id` 时还需要 `subnet_network_id` 与 `security_group_id`。使用专属资源池（`cluster_id`）时以资源池网络为准，`vpc_id` 不起作用，因此只作警告。',
    fails: 'steps:\n  service:\n    type: service\n    outputs:\n      service: { infer_type: real-time, vpc_id: v-1 }\n',
    passes:
      'steps:\n  service:\n    type: service\n    outputs:\n      service: { infer_type: real-time, vpc_id: v-1, subnet_network_id: s-1, security_group_id: g-1 }\n',
  },
  *check({ step }) {
    for (const { fields } of step.outputs) {
      const vpc = entryOf(fields, 'vpc_id');
      if (!vpc) continue;
      if (fieldOf(fields, 'cluster_id')) {
        yield {
          origin: vpc.name.origin,
          severity: 'warning',
          message: { en: '`vpc_id` has no effect where `cluster_id` is given.', zh: '给定 `cluster_id` 时 `vpc_id` 不起作用。' },
        };
        continue;
      }
      const missing = ['subnet_network_id', 'security_group_id']
        .filter((name) => !fieldOf(fields, name))
        .map((name) => `\`${name}\``);
      if (missing.length === 0) continue;
      yield {
        origin: vpc.name.origin,
        message: { en: `\`vpc_id\` needs ${missing.join(' and ')} too.`, zh: `\`vpc_id\` 还需要 ${missing.join(' 与 ')}。` },
      };
    }
  },
};
