// What each step waits for: the written `depend_steps`, which is exact, or what follows from what the step reads
// (docs: language, part 4). Unknown names are left out; cycles are kept for the rule that reports them.
// Kept by the numbers of steps, so that an edit of a step that mentions the same steps as before changes nothing here.
import type { Name, Step } from '../ir/workflow.ts';
import type { StepBinding, Use } from './bind.ts';
import { Digraph } from './digraph.ts';
import { printCondition } from './expression.ts';

export interface Dependency {
  readonly step: Step;
  /** Where it is mentioned: in the list, in a reference, or in the condition step that names this one. */
  readonly name: Name;
}

export interface Dependencies {
  /** No `depend_steps` is written. */
  readonly derived: boolean;
  readonly on: readonly Dependency[];
  /** Steps whose outputs this one reads, in order of mention, each once, whether or not they are depended on. */
  readonly reads: readonly Dependency[];
}

/** A step that another one mentions, by their numbers. */
export interface Link {
  readonly to: number;
  /** The step that mentions it, and which of its `links` that is. */
  readonly by: number;
  readonly at: number;
}

/** The graph of the steps of a document. */
export interface StepLinks {
  readonly derived: readonly boolean[];
  readonly on: readonly (readonly Link[])[];
  readonly reads: readonly (readonly Link[])[];
}

/** Dependencies by the step's object, in the order of the document. Goes on from version to version. */
export class DependencyTable implements ReadonlyMap<Step, Dependencies> {
  bindings: readonly StepBinding[] = [];
  private known: StepLinks | undefined;
  private numbers: Map<Step, number> | undefined;

  /** The same object as long as the graph is the same. */
  get links(): StepLinks {
    this.known ??= linksOf(this.bindings, (step) => this.numberOf(step)!);
    return this.known;
  }

  /** Takes over another version. `isSame`: step for step the names are the same, and what they link to. */
  update(bindings: readonly StepBinding[], from: number, before: number, isSame: boolean): void {
    if (isSame) {
      for (let index = from; index < before; index++) {
        this.numbers?.delete(this.bindings[index]!.step);
        this.numbers?.set(bindings[index]!.step, index);
      }
    } else {
      this.numbers = undefined;
      this.known = undefined;
    }
    this.bindings = bindings;
  }

  numberOf(step: Step): number | undefined {
    this.numbers ??= new Map(this.bindings.map((binding, index) => [binding.step, index]));
    return this.numbers.get(step);
  }

  get(step: Step): Dependencies | undefined {
    const number = this.numberOf(step);
    return number === undefined ? undefined : this.at(number);
  }

  has(step: Step): boolean {
    return this.numberOf(step) !== undefined;
  }

  get size(): number {
    return this.bindings.length;
  }

  *entries(): MapIterator<[Step, Dependencies]> {
    for (const [number, { step }] of this.bindings.entries()) yield [step, this.at(number)];
  }

  *keys(): MapIterator<Step> {
    for (const { step } of this.bindings) yield step;
  }

  *values(): MapIterator<Dependencies> {
    for (const number of this.bindings.keys()) yield this.at(number);
  }

  [Symbol.iterator](): MapIterator<[Step, Dependencies]> {
    return this.entries();
  }

  forEach(action: (value: Dependencies, key: Step, map: ReadonlyMap<Step, Dependencies>) => void): void {
    for (const [step, dependencies] of this.entries()) action(dependencies, step, this);
  }

  private at(number: number): Dependencies {
    const { derived, on, reads } = this.links;
    const shown = (link: Link) => new Shown(this.bindings, link);
    return { derived: derived[number]!, on: on[number]!.map(shown), reads: reads[number]!.map(shown) };
  }
}

/** Looked at when asked for, so that it is noted which steps a rule looks at. */
class Shown implements Dependency {
  private readonly bindings: readonly StepBinding[];
  private readonly link: Link;

  constructor(bindings: readonly StepBinding[], link: Link) {
    this.bindings = bindings;
    this.link = link;
  }

  get step(): Step {
    return this.bindings[this.link.to]!.looked;
  }

  get name(): Name {
    const by = this.bindings[this.link.by]!;
    return by.links[this.link.at]!.name;
  }
}

/** What of a step makes the graph and says whether it runs, as a text: equal texts of all steps of equal names make equal graphs. */
export function linkText({ step, links }: StepBinding): string {
  const { dependSteps, skipConditions } = step;
  const names = links.flatMap((use) => [mentionKind(use), use.name.text]);
  return JSON.stringify([dependSteps !== undefined, skipConditions.length, printCondition(skipConditions), ...names]);
}

/** Whether a use says something about the order of steps. */
export function isLink({ kind, place, value }: Use): boolean {
  return kind === 'step' && (value !== undefined || place.kind === 'depend' || place.kind === 'then' || place.kind === 'else');
}

function mentionKind({ place, value }: Use): string {
  return value ? 'read' : place.kind;
}

function linksOf(bindings: readonly StepBinding[], numberOf: (step: Step) => number): StepLinks {
  const derived: boolean[] = [];
  const reads: (readonly Link[])[] = [];
  const on: (readonly Link[])[] = [];
  const namedBy = new Map<number, Link[]>();
  for (const [by, { step, links }] of bindings.entries()) {
    const read: Link[] = [];
    const written: Link[] = [];
    for (const [at, use] of links.entries()) {
      const target = use.target as Step | undefined;
      if (!target) continue;
      const link = { to: numberOf(target), by, at };
      const kind = mentionKind(use);
      if (kind === 'read') read.push(link);
      else if (kind === 'depend') written.push(link);
      else {
        const naming = namedBy.get(link.to);
        if (naming) naming.push({ to: by, by, at });
        else namedBy.set(link.to, [{ to: by, by, at }]);
      }
    }
    reads.push(once(read));
    derived.push(step.dependSteps === undefined);
    on.push(step.dependSteps ? once(written) : reads[by]!);
  }
  for (const [number, naming] of namedBy) if (derived[number]) on[number] = once([...on[number]!, ...naming]);
  const edges = on.flatMap((links, to) => links.map((link) => [link.to, to] as const));
  const reachability = new Digraph(bindings.length, edges).reachability();
  const reaches = (a: number, b: number) => reachability.reaches(a, b);
  for (const [number, links] of on.entries()) if (derived[number] && links.length > 1) on[number] = reduced(links, reaches);
  return { derived, on, reads };
}

/** Without those that others reach already. Two that reach each other are on a cycle: both stay. */
function reduced(wide: readonly Link[], reaches: (a: number, b: number) => boolean): readonly Link[] {
  return wide.filter(({ to }) => !wide.some((other) => other.to !== to && reaches(to, other.to) && !reaches(other.to, to)));
}

function once(links: readonly Link[]): readonly Link[] {
  if (links.length < 2) return links;
  const seen = new Set<number>();
  return links.filter(({ to }) => !seen.has(to) && seen.add(to));
}
