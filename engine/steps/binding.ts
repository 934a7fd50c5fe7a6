// What stands on this machine for what only exists in the cloud: finds the binding of a step, and says which lines would make one.
import type { Binding, BindingTarget, BindingUse } from '../../core/config/config.ts';
import { configFileName } from '../../core/config/config.ts';
import type { PlainMap } from '../../core/plan/plain.ts';
import type { ResolvedStep } from '../../core/plan/resolve.ts';
import { mapAt, textAt } from './setting.ts';
import { StepError } from './step-runner.ts';

/** The first that fits counts. Flavors are looked up apart: they say how much, not what. */
export function bindingOf(bindings: readonly Binding[], fits: (target: BindingTarget) => boolean): BindingUse | undefined {
  return bindings.find(({ to }) => fits(to))?.use;
}

export function isStep(target: BindingTarget, name: string): boolean {
  return target.kind === 'step' && target.name === name;
}

/** By the step's name, its algorithm or its image. */
export function bindingOfJob(bindings: readonly Binding[], step: ResolvedStep): BindingUse | undefined {
  const algorithm = mapAt(step.settings, 'algorithm');
  const image = textAt(mapAt(algorithm, 'engine'), 'image_url');
  return bindingOf(bindings, (target) => {
    switch (target.kind) {
      case 'step':
        return target.name === step.name;
      case 'image':
        return target.name === image;
      case 'algorithm':
        return isAlgorithm(target, algorithm);
      default:
        return false;
    }
  });
}

/** How much of this machine a job may have, where its flavor is bound. */
export function limitsOfFlavor(bindings: readonly Binding[], step: ResolvedStep): { cpus?: number; memoryMb?: number } {
  const resource = mapAt(mapAt(step.settings, 'spec'), 'resource');
  const flavor = textAt(resource, 'flavor_id') ?? textAt(mapAt(resource, 'flavor'), 'flavor_id') ?? textAt(resource, 'flavor');
  const use = bindingOf(bindings, (target) => target.kind === 'flavor' && target.name === flavor);
  return {
    ...(use?.cpus !== undefined && { cpus: use.cpus }),
    ...(use?.memoryMb !== undefined && { memoryMb: use.memoryMb }),
  };
}

/** `what` is the subject of a sentence that goes on with "exists only in the cloud". */
export function needsBinding(what: string, target: string, use: string): StepError {
  return new StepError('binding-missing', `${what} exists only in the cloud. ${linesToAdd(target, use)}`);
}

/** The exact lines, as `target` and `use` are written in the file. */
export function linesToAdd(target: string, use: string): string {
  return `Add to ${configFileName}:\nbindings:\n  - ${target}\n    use: ${use}`;
}

/** A name as a scalar of YAML: plain where it can be. */
export function yamlText(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_./-]*(:[\p{L}\p{N}_./-]+)?$/u.test(text) ? text : JSON.stringify(text);
}

/** Every id that the binding names has to be the algorithm's. */
function isAlgorithm(target: Extract<BindingTarget, { kind: 'algorithm' }>, algorithm: PlainMap | undefined): boolean {
  const pairs = [
    [target.subscriptionId, textAt(algorithm, 'subscription_id')],
    [target.itemVersionId, textAt(algorithm, 'item_version_id')],
    [target.algorithmId, textAt(algorithm, 'algorithm_id')],
  ] as const;
  const named = pairs.filter(([wanted]) => wanted !== undefined);
  return named.length > 0 && named.every(([wanted, is]) => wanted === is);
}
