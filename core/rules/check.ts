// Runs the rules. Step rules are asked once per binding: `memory` keeps their findings while a step and what it names stay the same.
import type { Input, Step, Value, Workflow } from '../ir/workflow.ts';
import { problemsOf } from '../refs/symbols.ts';
import { Digraph, type Reachability } from '../refs/digraph.ts';
import type { Bound, StepBinding } from '../refs/bind.ts';
import { kindOfInput, kindOfValue } from '../steps/data-kinds.ts';
import type { DataKind } from '../steps/step-kind.ts';
import { stepKind } from '../steps/step-kinds.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { rules } from './index.ts';
import type { Found, Rule, StepRule, StepView, WorkflowRule, WorkflowView } from './rule.ts';

/** Findings of steps from one check to the next of the same document. Filled by `check`. */
export class RuleMemory {
  kept = new Map<StepBinding, StepFindings>();
}

interface StepFindings {
  /** What the step reads may change its kind while the step that is read stays the same. */
  readonly watched: boolean;
  readonly kinds: readonly (DataKind | undefined)[];
  readonly findings: readonly Diagnostic[];
}

const stepRules = rules.filter((rule): rule is StepRule => rule.scope === 'step');
const workflowRules = rules.filter((rule): rule is WorkflowRule => rule.scope === 'workflow');

/** Findings in no particular order. Never throws on broken workflows; parts that could not be read are not there to be judged. */
export function check(_workflow: Workflow, bound: Bound, memory?: RuleMemory): Diagnostic[] {
  const view = workflowView(bound);
  const found: Diagnostic[] = [];
  for (const rule of workflowRules) collect(rule, rule.check(view), found);
  const kept = new Map<StepBinding, StepFindings>();
  for (const binding of bound.bindings) {
    const findings = remembered(memory?.kept.get(binding), binding, bound);
    kept.set(binding, findings);
    if (findings.findings.length > 0) found.push(...findings.findings);
  }
  if (memory) memory.kept = kept;
  return found;
}

function remembered(before: StepFindings | undefined, binding: StepBinding, bound: Bound): StepFindings {
  if (before && !before.watched) return before;
  const kinds = kindsOf(binding, bound);
  if (before && same(before.kinds, kinds)) return before;
  return { watched: readsWhatPassesOn(binding), kinds, findings: checkStep(binding, kinds, bound) };
}

function readsWhatPassesOn({ uses }: StepBinding): boolean {
  return uses.some((use) => use.kind === 'step' && use.value && stepKind((use.target as Step | undefined)?.type)?.passesOn);
}

function checkStep(binding: StepBinding, kinds: readonly (DataKind | undefined)[], bound: Bound): readonly Diagnostic[] {
  const view: StepView = {
    step: binding.step,
    binding,
    kind: stepKind(binding.step.type),
    inputKind: (input: Input) => kinds[binding.step.inputs.indexOf(input)],
    valueKind: (value: Value | undefined) => kindOfValue(value, bound),
  };
  const findings: Diagnostic[] = [];
  for (const rule of stepRules) {
    if (!rule.stepType || rule.stepType === view.step.type) collect(rule, rule.check(view), findings);
  }
  return findings;
}

function collect(rule: Rule, found: Iterable<Found>, into: Diagnostic[]): void {
  for (const each of found) into.push({ ...each, code: rule.code, severity: each.severity ?? rule.severity });
}

/** Of every input, and of every candidate of those that choose. */
function kindsOf({ step }: StepBinding, bound: Bound): readonly (DataKind | undefined)[] {
  const kinds = step.inputs.map((input) => kindOfInput(input, bound));
  for (const { data } of step.inputs)
    if (data?.kind === 'select') kinds.push(...data.items.map((item) => kindOfValue(item, bound)));
  return kinds;
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** The graph is numbered when the first rule asks about it. */
function workflowView(bound: Bound): WorkflowView {
  const steps = bound.bindings.map((binding) => binding.step);
  let numbers: ReadonlyMap<Step, number> | undefined;
  let digraph: Digraph | undefined;
  let reachability: Reachability | undefined;
  function graph(): Digraph {
    if (digraph) return digraph;
    const number = new Map(steps.map((step, index) => [step, index]));
    numbers = number;
    const edges = steps.flatMap((step, to) =>
      bound.dependencies.get(step)!.on.map((each) => [number.get(each.step)!, to] as const),
    );
    digraph = new Digraph(steps.length, edges);
    return digraph;
  }
  let cycles: readonly (readonly Step[])[] | undefined;
  return {
    bound,
    problems: problemsOf(bound),
    get cycles() {
      cycles ??= graph()
        .order()
        .cycles.map((cycle) => cycle.map((node) => steps[node]!));
      return cycles;
    },
    isUpstream(earlier, later) {
      reachability ??= graph().reachability();
      return reachability.reaches(numbers!.get(earlier)!, numbers!.get(later)!);
    },
  };
}
