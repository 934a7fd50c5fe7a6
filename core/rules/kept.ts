// What rules found in one step. While a rule looks at the step it is noted which other names it looks at: rules that looked at some
// are asked again when one of these means something else; the others when the step is another one.
import type { Bound, StepBinding } from '../refs/bind.ts';
import type { Cell, Reader } from '../refs/names.ts';
import { kindOfInput, kindOfValue } from '../steps/data-kinds.ts';
import { stepKind } from '../steps/step-kinds.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import type { Found, GraphRule, GraphView, Rule, StepGraph, StepRule } from './rule.ts';

/** The version that is being checked. */
export interface Checked {
  bound: Bound;
  graph: StepGraph;
  /** Those that found something. */
  readonly found: Set<StepFindings>;
}

export interface StepFindings {
  /** Of rules that looked at nothing but the step. */
  readonly own: readonly Diagnostic[];
  /** Of rules that looked at other names. */
  readonly others: readonly Diagnostic[];
}

export class Kept<R extends StepRule | GraphRule> implements Reader, StepFindings {
  stale = false;
  own: readonly Diagnostic[] = none;
  others: readonly Diagnostic[] = none;
  private looking: readonly R[] = [];
  private cells: readonly Cell<unknown>[] = none;
  private readonly checked: Checked;
  private readonly binding: StepBinding;

  constructor(checked: Checked, binding: StepBinding) {
    this.checked = checked;
    this.binding = binding;
  }

  ask(rules: readonly R[]): void {
    this.own = none;
    this.asked(rules);
  }

  refresh(): void {
    this.asked(this.looking);
  }

  /** Lets go of the names: the step is gone. */
  forget(): void {
    this.stale = false;
    this.checked.found.delete(this);
    for (const cell of this.cells) {
      cell.readers.delete(this);
      cell.letGo();
    }
    this.cells = none;
  }

  private asked(rules: readonly R[]): void {
    const { bound, graph } = this.checked;
    const { watch } = bound;
    const view = viewOf(this.binding, bound, graph);
    const before = this.cells;
    const cells = new Set<Cell<unknown>>();
    const looking: R[] = [];
    const own: Diagnostic[] = [];
    const others: Diagnostic[] = [];
    for (const rule of rules) {
      watch.begin();
      const found = findings(rule, rule.check(view));
      const looked = watch.end();
      if (looked.length > 0) {
        looking.push(rule);
        for (const cell of looked) cells.add(cell);
        others.push(...found);
      } else {
        own.push(...found);
      }
    }
    this.stale = false;
    if (own.length > 0) this.own = this.own.concat(own);
    this.others = others;
    this.looking = looking;
    const { found } = this.checked;
    if (this.own.length + others.length > 0) found.add(this);
    else found.delete(this);
    this.cells = [...cells];
    for (const cell of cells) cell.readers.add(this);
    for (const cell of before) {
      if (cells.has(cell)) continue;
      cell.readers.delete(this);
      cell.letGo();
    }
  }
}

const none: readonly never[] = [];

export function findings(rule: Rule, found: Iterable<Found>): readonly Diagnostic[] {
  let all: Diagnostic[] | undefined;
  for (const each of found) (all ??= []).push({ ...each, code: rule.code, severity: each.severity ?? rule.severity });
  return all ?? none;
}

function viewOf(binding: StepBinding, bound: Bound, graph: StepGraph): GraphView {
  return {
    step: binding.step,
    binding,
    kind: stepKind(binding.step.type),
    inputKind: (input) => kindOfInput(input, bound),
    valueKind: (value) => kindOfValue(value, bound),
    graph,
  };
}
