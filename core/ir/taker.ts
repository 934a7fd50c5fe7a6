// One object of a request body while it is read: who takes a member by its wire path leaves the rest, and what nobody took is
// what the language does not know. Such members are kept verbatim (`x-body`), so that nothing of a body is lost.
import { bodyMember } from '../schema/descriptor.ts';
import type { MapEntry, MapNode } from '../syntax/tree.ts';
import type { Origin } from '../text/origin.ts';
import { verbatim } from './literal.ts';
import type { Field, MapValue } from './workflow.ts';

/** A member that was looked up. */
export interface Found {
  readonly entry: MapEntry;
  readonly take: () => void;
  /** The object that is its value, with what was taken of it by longer paths; undefined where it is none. */
  readonly open: () => Taker | undefined;
}

export class Taker {
  readonly node: MapNode;
  private readonly taken = new Set<MapEntry>();
  private readonly inner = new Map<MapEntry, Taker>();

  constructor(node: MapNode) {
    this.node = node;
  }

  /** The member at a path of keys; undefined where there is none. Looking does not take it. */
  find(path: readonly string[]): Found | undefined {
    const entry = this.node.entries.findLast(({ key }) => key.text === path[0]);
    if (!entry) return undefined;
    if (path.length === 1) return { entry, take: () => this.taken.add(entry), open: () => this.within(entry) };
    return this.within(entry)?.find(path.slice(1));
  }

  /** The key of the last object on the way to a member that is not there. */
  place(path: readonly string[]): Origin | undefined {
    const entry = path.length > 1 ? this.node.entries.findLast(({ key }) => key.text === path[0]) : undefined;
    if (entry?.value?.kind !== 'map') return undefined;
    return this.within(entry)?.place(path.slice(1)) ?? entry.key.origin;
  }

  /** What was not taken, or undefined. Objects that only hold others are absent when nothing is left in them. */
  rest(): MapValue | undefined {
    const entries: Field[] = [];
    for (const entry of this.node.entries) {
      if (this.taken.has(entry)) continue;
      const inner = this.inner.get(entry);
      const value = inner ? inner.rest() : verbatim(entry.value, entry.key.origin);
      if (value) entries.push({ name: { text: entry.key.text, origin: entry.key.origin }, value });
    }
    return entries.length > 0 ? { kind: 'map', origin: this.node.origin, entries } : undefined;
  }

  /** The rest as the member that keeps it. */
  restField(): Field | undefined {
    const value = this.rest();
    const origin: Origin = this.node.origin;
    return value && { name: { text: bodyMember, origin }, value };
  }

  private within(entry: MapEntry): Taker | undefined {
    const known = this.inner.get(entry);
    if (known || entry.value?.kind !== 'map') return known;
    const taker = new Taker(entry.value);
    this.inner.set(entry, taker);
    return taker;
  }
}
