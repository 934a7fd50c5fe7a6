// What names mean: for each name of a collection its declarations, who uses it, and whose findings looked at it.
// Kept from one version of a document to the next: an edit changes the names that it touches, and tells who looked at them.
import { type Difference, differenceOf } from '../text/difference.ts';
import type { Use } from './bind.ts';

/** Something that was worked out by looking at names. */
export interface Reader {
  /** A name that it looked at means something else now. */
  stale: boolean;
  /** Works it out again. */
  refresh(): void;
}

/** What has uses: a step, a declaration, a scene, the rest of a workflow. */
export interface Holder {
  readonly uses: readonly Use[];
}

/** Notes which names are looked at while something is worked out. One for each document. */
export class Watch {
  private stale: Reader[] = [];
  private looked: Cell<unknown>[] | undefined;

  begin(): void {
    this.looked = none;
  }

  /** The names that were looked at since `begin`. */
  end(): readonly Cell<unknown>[] {
    const { looked } = this;
    this.looked = undefined;
    return looked ?? none;
  }

  /** What is looked at by this work is not noted: its answer has a life of its own. */
  unseen<T>(work: () => T): T {
    const { looked } = this;
    this.looked = undefined;
    try {
      return work();
    } finally {
      this.looked = looked;
    }
  }

  /** Those that looked at the name have to look again. */
  tell(readers: Iterable<Reader>): void {
    for (const reader of readers) {
      if (reader.stale) continue;
      reader.stale = true;
      this.stale.push(reader);
    }
  }

  /** Has everything worked out again that is stale still. */
  refresh(): void {
    const { stale } = this;
    this.stale = [];
    for (const reader of stale) if (reader.stale) reader.refresh();
  }

  get isOn(): boolean {
    return this.looked !== undefined;
  }

  note(cell: Cell<unknown>): void {
    const { looked } = this;
    if (!looked || looked.includes(cell)) return;
    if (looked === none) this.looked = [cell];
    else looked.push(cell);
  }
}

const none: Cell<unknown>[] = [];
const nobody: ReadonlySet<Holder> = new Set();

/** The index that a name belongs to. */
interface Home {
  readonly watch: Watch;
  remove(cell: Cell<unknown>): void;
}

/** One name. */
export class Cell<T> {
  readonly name: string;
  /** In the order of the document; more than one where the name is repeated. */
  all: readonly T[] = [];
  /** Who uses the name. */
  readonly users = new Set<Holder>();
  /** Whose findings depend on what the name means. */
  readonly readers = new Set<Reader>();
  private readonly home: Home;

  constructor(name: string, home: Home) {
    this.name = name;
    this.home = home;
  }

  /** What the name means: the first declaration. */
  get meaning(): T | undefined {
    this.home.watch.note(this);
    return this.all[0];
  }

  /** Nobody needs the name any more, perhaps. */
  letGo(): void {
    if (this.all.length === 0 && this.users.size === 0 && this.readers.size === 0) this.home.remove(this);
  }
}

/** The declarations of a collection by name, the first of each; in the order of the document. */
export class NameIndex<T> implements ReadonlyMap<string, T> {
  /** Another number with every change of the names or their order. */
  version = 0;
  /** Cells with more than one declaration. */
  readonly repeated = new Set<Cell<T>>();
  private readonly cells = new Map<string, Cell<T>>();
  private nodes: readonly T[] = [];
  readonly watch: Watch;
  private readonly nameOf: (node: T) => string;

  constructor(watch: Watch, nameOf: (node: T) => string) {
    this.watch = watch;
    this.nameOf = nameOf;
  }

  /** Takes over another version of the collection; answers the names that mean something else now. */
  update(nodes: readonly T[]): readonly Cell<T>[] {
    const difference = differenceOf(this.nodes, nodes);
    const touched = this.replace(nodes, difference);
    if (!this.hasNamesOf(nodes, difference)) this.version++;
    this.nodes = nodes;
    this.sortRepeated(touched);
    const changed: Cell<T>[] = [];
    for (const [cell, before] of touched) {
      if (cell.all.length !== before.length || cell.all.some((node, index) => node !== before[index])) {
        changed.push(cell);
        this.watch.tell(cell.readers);
      }
      cell.letGo();
    }
    return changed;
  }

  cell(name: string): Cell<T> {
    let cell = this.cells.get(name);
    if (!cell) this.cells.set(name, (cell = new Cell<T>(name, this)));
    return cell;
  }

  /** Who uses a name, in no order. */
  usersOf(name: string): ReadonlySet<Holder> {
    return this.cells.get(name)?.users ?? nobody;
  }

  remove(cell: Cell<unknown>): void {
    this.cells.delete(cell.name);
  }

  get(name: string): T | undefined {
    return this.watch.isOn ? this.cell(name).meaning : this.cells.get(name)?.all[0];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    let { length } = this.nodes;
    for (const { all } of this.repeated) length -= all.length - 1;
    return length;
  }

  *entries(): MapIterator<[string, T]> {
    for (const node of this.nodes) {
      const name = this.nameOf(node);
      if (this.repeated.size === 0 || this.cells.get(name)!.all[0] === node) yield [name, node];
    }
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<T> {
    for (const [, node] of this.entries()) yield node;
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  forEach(action: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [name, node] of this.entries()) action(node, name, this);
  }

  /** Answers the touched cells with what they held before. */
  private replace(nodes: readonly T[], { from, before, after }: Difference): ReadonlyMap<Cell<T>, readonly T[]> {
    const touched = new Map<Cell<T>, readonly T[]>();
    const touch = (node: T): Cell<T> => {
      const cell = this.cell(this.nameOf(node));
      if (!touched.has(cell)) touched.set(cell, cell.all);
      return cell;
    };
    for (let index = from; index < before; index++) {
      const node = this.nodes[index]!;
      const cell = touch(node);
      cell.all = cell.all.length === 1 ? [] : cell.all.filter((each) => each !== node);
    }
    for (let index = from; index < after; index++) {
      const node = nodes[index]!;
      const cell = touch(node);
      cell.all = cell.all.length === 0 ? [node] : [...cell.all, node];
    }
    return touched;
  }

  /** Whether what is new between the equal ends has the names of what was there. */
  private hasNamesOf(nodes: readonly T[], { from, before, after }: Difference): boolean {
    if (before !== after) return false;
    for (let index = from; index < after; index++) {
      if (this.nameOf(nodes[index]!) !== this.nameOf(this.nodes[index]!)) return false;
    }
    return true;
  }

  private sortRepeated(touched: ReadonlyMap<Cell<T>, readonly T[]>): void {
    const unsorted = new Map<Cell<T>, T[]>();
    for (const cell of touched.keys()) {
      if (cell.all.length > 1) {
        this.repeated.add(cell);
        unsorted.set(cell, []);
      } else {
        this.repeated.delete(cell);
      }
    }
    if (unsorted.size === 0) return;
    for (const node of this.nodes) unsorted.get(this.cells.get(this.nameOf(node))!)?.push(node);
    for (const [cell, all] of unsorted) cell.all = all;
  }
}
