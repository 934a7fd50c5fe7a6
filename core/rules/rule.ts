// The shape of a rule: one file each, named as its code. A rule reports what it finds; severity, order and caching are check.ts.
import type { Input, Step, Value } from '../ir/workflow.ts';
import type { Bound, StepBinding, Use } from '../refs/bind.ts';
import type { DataKind, StepKind } from '../steps/step-kind.ts';
import type { StepType } from '../steps/step-types.ts';
import type { Fix, Localized, RelatedPlace, Severity } from '../text/diagnostic.ts';
import type { Origin } from '../text/origin.ts';

/** What docs/rules.md, hover and the Problems panel show. Both texts are workflows or parts of one, and are tested. */
export interface RuleDocs {
  /** What goes wrong at run time. */
  readonly en: string;
  readonly zh: string;
  readonly fails: string;
  readonly passes: string;
}

export interface Found {
  readonly origin: Origin;
  readonly message: Localized;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: (text?: string) => readonly Fix[];
  readonly unnecessary?: boolean;
}

interface RuleHead {
  readonly code: string;
  readonly severity: Severity;
  /** Document and section, and the decision where the documents are silent. */
  readonly source: string;
  readonly docs: RuleDocs;
}

/** Looks at one step and what its names mean; asked again only when one of these changed. */
export interface StepRule extends RuleHead {
  readonly scope: 'step';
  /** Asked for steps of this type only; for all, unknown types too, when absent. */
  readonly stepType?: StepType;
  check(view: StepView): Iterable<Found>;
}

export interface WorkflowRule extends RuleHead {
  readonly scope: 'workflow';
  check(view: WorkflowView): Iterable<Found>;
}

export type Rule = StepRule | WorkflowRule;

/** All that a step rule may look at: its findings are kept as long as this is the same. */
export interface StepView {
  readonly step: Step;
  readonly binding: StepBinding;
  /** Undefined where the type is missing or unknown: most rules are silent then. */
  readonly kind: StepKind | undefined;
  /** Undefined where it cannot be told. */
  inputKind(input: Input): DataKind | undefined;
  valueKind(value: Value | undefined): DataKind | undefined;
}

export interface WorkflowView {
  readonly bound: Bound;
  /** Uses of names that could not be joined. */
  readonly problems: readonly Use[];
  /** Concrete cycles of dependencies; rules about the graph's meaning are silent where there is one. */
  readonly cycles: readonly (readonly Step[])[];
  /** Whether `later` waits for `earlier`, directly or not. */
  isUpstream(earlier: Step, later: Step): boolean;
}
