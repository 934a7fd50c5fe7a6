// The declared name that an unknown one most likely stands for. Kept while the declared names are the same: one misspelt name may be
// used a thousand times.
import type { Bound, Use } from '../refs/bind.ts';
import { nearest } from '../refs/nearest.ts';

export class Suggestions {
  private readonly known = new Map<string, string | undefined>();
  private versions = '';

  of(use: Use, bound: Bound): string | undefined {
    if (use.kind === 'output') return nearest(use.name.text, namesFor(use, bound));
    const { steps, parameters, storages, data, dataRequirements } = bound;
    const versions = [steps, parameters, storages, data, dataRequirements].map((index) => index.version).join();
    if (versions !== this.versions) this.known.clear();
    this.versions = versions;
    const key = `${use.kind} ${sectionOf(use) ?? ''} ${use.name.text}`;
    if (!this.known.has(key)) this.known.set(key, nearest(use.name.text, namesFor(use, bound)));
    return this.known.get(key);
  }
}

function namesFor(use: Use, bound: Bound): Iterable<string> {
  switch (use.kind) {
    case 'step':
      return bound.steps.keys();
    case 'parameter':
      return bound.parameters.keys();
    case 'storage':
      return bound.storages.keys();
    case 'data': {
      const section = sectionOf(use);
      if (section === 'data') return bound.data.keys();
      if (section === 'data_requirements') return bound.dataRequirements.keys();
      return [...bound.data.keys(), ...bound.dataRequirements.keys()];
    }
    case 'output': {
      const reference = use.value?.reference;
      const step = reference?.root === 'steps' ? bound.steps.get(reference.step.text) : undefined;
      return step?.outputs.keys() ?? [];
    }
  }
}

function sectionOf({ value }: Use): 'data' | 'data_requirements' | undefined {
  return value?.reference.root === 'data' ? value.reference.section : undefined;
}
