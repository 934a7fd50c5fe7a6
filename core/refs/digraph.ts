// Directed graphs over 0..count-1: order, cycles and reachability, in time that grows with nodes plus edges.
// Knows no steps: bind and core/graph give the numbers their meaning.

export interface TopologicalOrder {
  /** Every node that is on no cycle and behind none, dependencies first; ties by number. */
  readonly sorted: readonly number[];
  /** One concrete cycle per knot of nodes, starting at its smallest number; each node leads to the next, the last to the first. */
  readonly cycles: readonly (readonly number[])[];
}

export class Digraph {
  readonly count: number;
  /** Where the successors of a node start in `to`. */
  private readonly start: Int32Array;
  private readonly to: Int32Array;

  constructor(count: number, edges: readonly (readonly [number, number])[]) {
    this.count = count;
    this.start = new Int32Array(count + 1);
    for (const [from] of edges) this.start[from + 1]!++;
    for (let node = 0; node < count; node++) this.start[node + 1]! += this.start[node]!;
    this.to = new Int32Array(edges.length);
    const next = this.start.slice(0, count);
    for (const [from, to] of edges) this.to[next[from]!++] = to;
  }

  *successors(node: number): Generator<number> {
    for (let at = this.start[node]!; at < this.start[node + 1]!; at++) yield this.to[at]!;
  }

  order(): TopologicalOrder {
    const waiting = new Int32Array(this.count);
    for (const to of this.to) waiting[to]!++;
    const sorted: number[] = [];
    for (let node = 0; node < this.count; node++) if (waiting[node] === 0) sorted.push(node);
    for (let done = 0; done < sorted.length; done++) {
      const node = sorted[done]!;
      for (let at = this.start[node]!; at < this.start[node + 1]!; at++)
        if (--waiting[this.to[at]!]! === 0) sorted.push(this.to[at]!);
    }
    return { sorted, cycles: sorted.length === this.count ? [] : this.cycles(waiting) };
  }

  /** All nodes that can be reached from the given ones, themselves included only when on a cycle through them. */
  reachableFrom(nodes: Iterable<number>): ReadonlySet<number> {
    const found = new Set<number>();
    const stack = [...nodes];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (let at = this.start[node]!; at < this.start[node + 1]!; at++) {
        const to = this.to[at]!;
        if (found.has(to)) continue;
        found.add(to);
        stack.push(to);
      }
    }
    return found;
  }

  reachability(): Reachability {
    return new Reachability(this, this.start, this.to);
  }

  /** Tarjan's components of what is left; `left` is above zero for nodes on or behind a cycle. */
  private cycles(left: Int32Array): number[][] {
    const index = new Int32Array(this.count).fill(-1);
    const low = new Int32Array(this.count);
    const component = new Int32Array(this.count).fill(-1);
    const cursor = this.start.slice(0, this.count);
    const open: number[] = [];
    const cycles: number[][] = [];
    let clock = 0;
    for (let root = 0; root < this.count; root++) {
      if (left[root] === 0 || index[root] !== -1) continue;
      const path = [root];
      while (path.length > 0) {
        const node = path.at(-1)!;
        if (index[node] === -1) {
          index[node] = low[node] = clock++;
          open.push(node);
        }
        let child = -1;
        while (cursor[node]! < this.start[node + 1]! && child < 0) {
          const to = this.to[cursor[node]!++]!;
          if (index[to] === -1) child = to;
          else if (component[to] === -1) low[node] = Math.min(low[node]!, index[to]!);
        }
        if (child >= 0) {
          path.push(child);
          continue;
        }
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
        if (low[node] !== index[node]) continue;
        let smallest = node;
        for (let member = open.pop()!; ; member = open.pop()!) {
          component[member] = node;
          smallest = Math.min(smallest, member);
          if (member === node) break;
        }
        const cycle = this.cycleThrough(smallest, component);
        if (cycle) cycles.push(cycle);
      }
    }
    return cycles.sort((a, b) => a[0]! - b[0]!);
  }

  /** The shortest way from a node back to itself within its component; undefined for a lone node. */
  private cycleThrough(node: number, component: Int32Array): number[] | undefined {
    const from = new Map<number, number>();
    const queue = [node];
    for (const at of queue) {
      for (const to of this.successors(at)) {
        if (to === node) {
          const way = [at];
          while (way[0] !== node) way.unshift(from.get(way[0]!)!);
          return way;
        }
        if (component[to] !== component[node] || from.has(to)) continue;
        from.set(to, at);
        queue.push(to);
      }
    }
    return undefined;
  }
}

/**
 * Answers "can b be reached from a": nearly always from two labels per node, else by a search that the labels narrow.
 * `within`: numbers of one spanning forest; containment proves a path. `low..post`: of any descendant they lie inside;
 * no containment proves there is none. The labels need an acyclic graph; on a cyclic one every question is searched.
 */
export class Reachability {
  private readonly pre: Int32Array;
  private readonly end: Int32Array;
  private readonly low: Int32Array;
  private readonly post: Int32Array;
  private readonly seen: Int32Array;
  private readonly acyclic: boolean;
  private readonly start: Int32Array;
  private readonly to: Int32Array;
  private question = 0;

  constructor(graph: Digraph, start: Int32Array, to: Int32Array) {
    this.start = start;
    this.to = to;
    const { count } = graph;
    this.pre = new Int32Array(count).fill(-1);
    this.end = new Int32Array(count);
    this.low = new Int32Array(count);
    this.post = new Int32Array(count).fill(-1);
    this.seen = new Int32Array(count);
    const { sorted } = graph.order();
    this.acyclic = sorted.length === count;
    if (this.acyclic) this.label(sorted);
  }

  /** Whether a path of at least one edge leads from `a` to `b`. */
  reaches(a: number, b: number): boolean {
    if (this.acyclic) {
      if (a === b || !this.mayReach(a, b)) return false;
      if (this.within(a, b)) return true;
    }
    this.question++;
    const stack = [a];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (let at = this.start[node]!; at < this.start[node + 1]!; at++) {
        const to = this.to[at]!;
        if (to === b) return true;
        if (this.seen[to] === this.question || (this.acyclic && !this.mayReach(to, b))) continue;
        if (this.acyclic && this.within(to, b)) return true;
        this.seen[to] = this.question;
        stack.push(to);
      }
    }
    return false;
  }

  private within(a: number, b: number): boolean {
    return this.pre[a]! <= this.pre[b]! && this.pre[b]! < this.end[a]!;
  }

  private mayReach(a: number, b: number): boolean {
    return this.low[a]! <= this.low[b]! && this.post[b]! <= this.post[a]!;
  }

  private label(sorted: readonly number[]): void {
    const cursor = this.start.slice(0, this.pre.length);
    let opened = 0;
    let closed = 0;
    for (const root of sorted) {
      if (this.pre[root] !== -1) continue;
      const path = [root];
      this.pre[root] = opened++;
      this.low[root] = closed;
      while (path.length > 0) {
        const node = path.at(-1)!;
        if (cursor[node]! < this.start[node + 1]!) {
          const to = this.to[cursor[node]!++]!;
          if (this.pre[to] !== -1) {
            this.low[node] = Math.min(this.low[node]!, this.low[to]!);
            continue;
          }
          this.pre[to] = opened++;
          this.low[to] = closed;
          path.push(to);
          continue;
        }
        path.pop();
        this.end[node] = opened;
        this.post[node] = closed++;
        const parent = path.at(-1);
        if (parent !== undefined) this.low[parent] = Math.min(this.low[parent]!, this.low[node]!);
      }
    }
  }
}
