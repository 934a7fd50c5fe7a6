// References to outputs or variables where something else is needed: inputs that read a key, settings that read no variable.
import type { Output, Step } from '../ir/workflow.ts';
import { nearest } from '../refs/nearest.ts';
import { stepKind } from '../steps/step-kinds.ts';
import { rename } from './fixes.ts';
import { isReference } from './read.ts';
import type { Rule } from './rule.ts';

export const outputVariableUnknown: Rule = {
  code: 'output-variable-unknown',
  severity: 'error',
  scope: 'step',
  source: 'Guide 5.4.7.3 (WG-105)',
  docs: {
    en: 'Of a service, other steps can read `access_address`, and with a dedicated pool `cluster_inner_access_address`. Other outputs have no variables; metrics are read by conditions.',
    zh: '其他步骤可读取服务的 `access_address`，使用专属资源池时还有 `cluster_inner_access_address`。其他输出没有变量；指标由条件读取。',
    fails:
      'steps:\n  first:\n    type: service\n    outputs: [service]\n  second:\n    type: service\n    outputs:\n      service: { envs: { URL: "${{ steps.first.outputs.service.address }}" } }\n',
    passes:
      'steps:\n  first:\n    type: service\n    outputs: [service]\n  second:\n    type: service\n    outputs:\n      service: { envs: { URL: "${{ steps.first.outputs.service.access_address }}" } }\n',
  },
  *check({ binding }) {
    for (const { kind, value, target, place } of binding.uses) {
      if (kind !== 'output' || !target || !isReference(value, 'steps')) continue;
      if (place.kind === 'condition' || place.kind === 'skip') continue;
      const { key, output } = value.reference;
      const source = binding.uses.find((use) => use.kind === 'step' && use.value === value)?.target as Step | undefined;
      const made = stepKind(source?.type);
      if (!key || !made?.makes(target as Output, [])) continue;
      if (made.variables.includes(key.text)) continue;
      const known = made.variables.map((name) => `\`${name}\``).join(', ');
      const suggestion = nearest(key.text, made.variables) ?? (made.variables.length > 0 ? made.variables[0] : undefined);
      yield {
        origin: key.origin,
        message: known
          ? {
              en: `\`${output.text}\` has no variable \`${key.text}\`; known are ${known}.`,
              zh: `“${output.text}”没有变量 \`${key.text}\`；可用的有 ${known}。`,
            }
          : { en: `\`${output.text}\` has no variables to read here.`, zh: `“${output.text}”在此没有可读取的变量。` },
        ...(suggestion && { fixes: rename(key, suggestion) }),
      };
    }
  },
};
