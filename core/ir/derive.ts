// What a body says and a file leaves to be computed: the functions that `derived` members of the schemas name.
// Each answers undefined where nothing follows; then nothing is written.
import { type Bound, dataOf, type Target } from '../refs/bind.ts';
import type { Json } from '../schema/descriptor.ts';
import { kindMade, kindOfValue } from '../steps/data-kinds.ts';
import { type Declaration, type Step, textAt, type Value } from './workflow.ts';

/** What is being written when a value is computed. */
export interface Place {
  readonly bound: Bound;
  /** Answer of `usedSteps`. */
  readonly usedBy: ReadonlyMap<Declaration, readonly string[]>;
  readonly step?: Step | undefined;
  readonly declaration?: Declaration | undefined;
  /** Position among the inputs or outputs of the step. */
  readonly index?: number | undefined;
}

type Derivation = (place: Place) => Json | undefined;

const derivations: Readonly<Record<string, Derivation>> = {
  title: ({ step }) => step?.name.text,
  dependSteps: ({ bound, step }) => {
    const dependencies = step && bound.dependencies.get(step);
    return dependencies?.derived ? dependencies.on.map((each) => each.step.name.text) : undefined;
  },
  jobName: ({ bound, step }) => step && jobName(bound.workflow.name?.text ?? '', step.name.text),
  inputType: ({ bound, step, index = -1 }) => inputType(step?.inputs[index]?.data, bound),
  outputType: ({ bound, step, index = -1 }) => {
    const output = step?.outputs[index];
    return step && output && kindMade(step, { ...output, type: undefined }, bound);
  },
  usedSteps: ({ usedBy, declaration }) => declaration && (usedBy.get(declaration) ?? []),
};

/** Throws where the schemas name a function that is not here. */
export function derive(name: string, place: Place): Json | undefined {
  const derivation = derivations[name];
  if (!derivation) throw new Error(`x-derived: there is no function \`${name}\` in core/ir/derive.ts.`);
  return derivation(place);
}

/** `weft-<workflow>-<step>` in the letters that the service allows for a job (N3: 1 to 64 of A-Z a-z 0-9 _ -). */
function jobName(workflow: string, step: string): string {
  return `weft-${workflow}-${step}`.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64);
}

/** The type that the data is declared with, as it is spelt there; else the kind that follows from the value. */
function inputType(data: Value | undefined, bound: Bound): string | undefined {
  const declared = data?.kind === 'reference' && data.reference.root === 'data' ? dataOf(bound, data.reference) : undefined;
  return textAt(declared?.fields, 'type') ?? kindOfValue(data, bound);
}

/** Which steps use each declaration, themselves or by a declaration that they use; in order of the document. */
export function usedSteps(bound: Bound): ReadonlyMap<Declaration, readonly string[]> {
  const names = new Map<Declaration, string[]>();
  const inner = new Map<Declaration, Declaration[]>();
  for (const { place, target } of bound.uses) {
    if (place.kind !== 'declaration' || !isDeclaration(target)) continue;
    inner.set(place.declaration, [...(inner.get(place.declaration) ?? []), target]);
  }
  const visit = (target: Declaration, step: Step) => {
    const known = names.get(target) ?? [];
    if (known.at(-1) === step.name.text) return;
    names.set(target, [...known, step.name.text]);
    for (const next of inner.get(target) ?? []) visit(next, step);
  };
  for (const { step, uses } of bound.bindings) {
    for (const { target } of uses) if (isDeclaration(target)) visit(target, step);
  }
  return names;
}

function isDeclaration(target: Target | undefined): target is Declaration {
  return target !== undefined && target.kind !== 'step' && target.kind !== 'output';
}
