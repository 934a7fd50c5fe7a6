// Runs the rules, again and again for one document, and keeps what they found of what an edit did not touch.
import type { Declaration } from '../ir/workflow.ts';
import type { Bound, StepBinding, Use } from '../refs/bind.ts';
import type { StepLinks } from '../refs/dependencies.ts';
import type { StepType } from '../steps/step-types.ts';
import { stepTypes } from '../steps/step-types.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { differenceOf, spliced } from '../text/difference.ts';
import { rules } from './index.ts';
import { type Checked, findings, Kept } from './kept.ts';
import type { GraphRule, StepRule } from './rule.ts';
import { stepGraph } from './step-graph.ts';
import { Suggestions } from './suggestions.ts';

const ofSteps = rules.filter((rule) => rule.scope === 'step');
const ofGraphs = rules.filter((rule) => rule.scope === 'graph');
const ofDeclarations = rules.filter((rule) => rule.scope === 'declaration');
const ofNames = rules.filter((rule) => rule.scope === 'name');
const ofWorkflows = rules.filter((rule) => rule.scope === 'workflow');
const byType = new Map<StepType | undefined, readonly StepRule[]>(
  [undefined, ...stepTypes].map((type) => [type, ofSteps.filter(({ stepType }) => !stepType || stepType === type)]),
);

/** Checks one document again and again. */
export interface Checker {
  /**
   * Findings in no particular order. Never throws on broken workflows; parts that could not be read are not there to be judged.
   * `bound` comes from the same binder each time.
   */
  check(bound: Bound): Diagnostic[];
}

export function check(bound: Bound): Diagnostic[] {
  return createChecker().check(bound);
}

/** What is kept of a step. */
interface OfStep {
  readonly binding: StepBinding;
  readonly step: Kept<StepRule>;
  readonly graph: Kept<GraphRule>;
}

interface NameFindings {
  readonly suggestion: string | undefined;
  readonly found: readonly Diagnostic[];
}

export function createChecker(): Checker {
  let checked: Checked | undefined;
  let bindings: readonly StepBinding[] = [];
  let ofBindings: readonly OfStep[] = [];
  let declarations: readonly Declaration[] = [];
  let ofDeclared: readonly (readonly Diagnostic[])[] = [];
  let ofUses = new Map<Use, NameFindings>();
  let links: StepLinks | undefined;
  const suggestions = new Suggestions();

  function checkSteps(bound: Bound): void {
    const isOther = links !== bound.dependencies.links;
    links = bound.dependencies.links;
    checked ??= { bound, graph: stepGraph(bound), found: new Set() };
    const now = checked;
    now.bound = bound;
    if (isOther) now.graph = stepGraph(bound);
    const difference = differenceOf(bindings, bound.bindings);
    for (const { step, graph } of ofBindings.slice(difference.from, difference.before)) {
      step.forget();
      graph.forget();
    }
    const added = bound.bindings.slice(difference.from, difference.after).map((binding): OfStep => {
      return { binding, step: new Kept(now, binding), graph: new Kept(now, binding) };
    });
    bindings = bound.bindings;
    ofBindings = spliced(ofBindings, difference, added);
    for (const { binding, step } of added) step.ask(byType.get(binding.step.type)!);
    for (const { binding, graph } of isOther ? ofBindings : added) {
      const isFirst = bound.steps.get(binding.step.name.text) === binding;
      graph.ask(isFirst ? ofGraphs : []);
    }
    bound.watch.refresh();
  }

  function checkDeclarations({ workflow: { parameters, storages, data } }: Bound): void {
    const all = [...parameters, ...storages, ...data];
    const difference = differenceOf(declarations, all);
    const added = all.slice(difference.from, difference.after).map((declaration) => {
      const asked = ofDeclarations.filter(({ kind }) => !kind || kind === declaration.kind);
      return asked.flatMap((rule) => findings(rule, rule.check(declaration)));
    });
    declarations = all;
    ofDeclared = spliced(ofDeclared, difference, added);
  }

  function checkNames(bound: Bound): void {
    const before = ofUses;
    ofUses = new Map();
    for (const use of bound.problems) {
      const suggestion = suggestions.of(use, bound);
      const known = before.get(use);
      if (known && known.suggestion === suggestion) ofUses.set(use, known);
      else {
        const unknown = { use, problem: use.problem!, suggestion };
        ofUses.set(use, { suggestion, found: ofNames.flatMap((rule) => findings(rule, rule.check(unknown))) });
      }
    }
  }

  return {
    check(bound) {
      checkSteps(bound);
      checkDeclarations(bound);
      checkNames(bound);
      const found: Diagnostic[] = [];
      const add = (more: readonly Diagnostic[]) => {
        for (const each of more) found.push(each);
      };
      for (const { own, others } of checked!.found) {
        add(own);
        add(others);
      }
      for (const each of ofDeclared) add(each);
      for (const each of ofUses.values()) add(each.found);
      const view = { bound, graph: checked!.graph };
      for (const rule of ofWorkflows) add(findings(rule, rule.check(view)));
      return found;
    },
  };
}
