// Runs the rules. Step rules are asked once per binding: `memory` keeps their findings while a step and what it names stay the same.
import type { Input, Step, Value, Workflow } from '../ir/workflow.ts';
import { problemsOf } from '../refs/symbols.ts';
import { nearest } from '../refs/nearest.ts';
import type { Bound, StepBinding, Use } from '../refs/bind.ts';
import { kindOfInput, kindOfValue } from '../steps/data-kinds.ts';
import type { DataKind } from '../steps/step-kind.ts';
import { stepKind } from '../steps/step-kinds.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { rules } from './index.ts';
import type { Found, GraphView, Rule, StepView, UnknownName } from './rule.ts';
import { stepGraph } from './step-graph.ts';

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

const ofSteps = rules.filter((rule) => rule.scope === 'step');
const ofGraphs = rules.filter((rule) => rule.scope === 'graph');
const ofDeclarations = rules.filter((rule) => rule.scope === 'declaration');
const ofNames = rules.filter((rule) => rule.scope === 'name');
const ofWorkflows = rules.filter((rule) => rule.scope === 'workflow');

/** Findings in no particular order. Never throws on broken workflows; parts that could not be read are not there to be judged. */
export function check(workflow: Workflow, bound: Bound, memory?: RuleMemory): Diagnostic[] {
  const graph = stepGraph(bound);
  const found: Diagnostic[] = [];
  for (const rule of ofWorkflows) collect(rule, rule.check({ bound, graph }), found);
  for (const declaration of [...workflow.parameters, ...workflow.data, ...workflow.storages]) {
    for (const rule of ofDeclarations) {
      if (!rule.kind || rule.kind === declaration.kind) collect(rule, rule.check(declaration), found);
    }
  }
  for (const use of problemsOf(bound)) {
    const unknown: UnknownName = { use, problem: use.problem!, suggestion: nearest(use.name.text, namesFor(use, bound)) };
    for (const rule of ofNames) collect(rule, rule.check(unknown), found);
  }
  for (const binding of bound.steps.values()) {
    const view: GraphView = { ...stepView(binding, kindsOf(binding, bound), bound), graph };
    for (const rule of ofGraphs) collect(rule, rule.check(view), found);
  }
  const kept = new Map<StepBinding, StepFindings>();
  for (const binding of bound.bindings) {
    const findings = remembered(memory?.kept.get(binding), binding, bound);
    kept.set(binding, findings);
    if (findings.findings.length > 0) found.push(...findings.findings);
  }
  if (memory) memory.kept = kept;
  return found;
}

/** The names that a use could have meant. */
function namesFor({ kind, value }: Use, bound: Bound): Iterable<string> {
  switch (kind) {
    case 'step':
      return bound.steps.keys();
    case 'parameter':
      return bound.parameters.keys();
    case 'storage':
      return bound.storages.keys();
    case 'data': {
      const section = value?.reference.root === 'data' ? value.reference.section : undefined;
      if (section === 'data') return bound.data.keys();
      if (section === 'data_requirements') return bound.dataRequirements.keys();
      return [...bound.data.keys(), ...bound.dataRequirements.keys()];
    }
    case 'output': {
      const step = value?.reference.root === 'steps' ? bound.steps.get(value.reference.step.text) : undefined;
      return step?.outputs.keys() ?? [];
    }
  }
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
  const view = stepView(binding, kinds, bound);
  const findings: Diagnostic[] = [];
  for (const rule of ofSteps) {
    if (!rule.stepType || rule.stepType === view.step.type) collect(rule, rule.check(view), findings);
  }
  return findings;
}

function stepView(binding: StepBinding, kinds: readonly (DataKind | undefined)[], bound: Bound): StepView {
  return {
    step: binding.step,
    binding,
    kind: stepKind(binding.step.type),
    inputKind: (input: Input) => kinds[binding.step.inputs.indexOf(input)],
    valueKind: (value: Value | undefined) => kindOfValue(value, bound),
  };
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
