// The shape of a rule: one file each, named as its code. A rule reports what it finds; severity, order and caching are check.ts.
// Its scope says what it looks at, and so when its findings may have changed: choose the narrowest that does.
import type { Declaration, Input, Step, Value } from '../ir/workflow.ts';
import type { Bound, StepBinding, Use, UseProblem } from '../refs/bind.ts';
import type { Dependencies } from '../refs/dependencies.ts';
import type { DataKind, StepKind } from '../steps/step-kind.ts';
import type { StepType } from '../steps/step-types.ts';
import type { Fix, Localized, RelatedPlace, Severity } from '../text/diagnostic.ts';
import type { Origin } from '../text/origin.ts';
import type { Skipping } from './skipping.ts';

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

/**
 * Looks at one step and what its names mean. Asked again when the step changed, or something that it looked at: the target of a
 * use, the kind of a value. So it looks at other entries by its view only.
 */
export interface StepRule extends RuleHead {
  readonly scope: 'step';
  /** Asked for steps of this type only; for all, unknown types too, when absent. */
  readonly stepType?: StepType;
  check(view: StepView): Iterable<Found>;
}

/** A step rule that also looks at what waits for what: asked again, for every step, when the graph became another one. */
export interface GraphRule extends RuleHead {
  readonly scope: 'graph';
  check(view: GraphView): Iterable<Found>;
}

/** Looks at one parameter, storage or data by itself. Asked again when its text changed. */
export interface DeclarationRule extends RuleHead {
  readonly scope: 'declaration';
  /** Asked for declarations of this kind only; for all when absent. */
  readonly kind?: Declaration['kind'];
  check(declaration: Declaration): Iterable<Found>;
}

/** Looks at one name that leads nowhere. */
export interface NameRule extends RuleHead {
  readonly scope: 'name';
  check(unknown: UnknownName): Iterable<Found>;
}

/** Looks at anything, and is asked again after every edit: it must not go through all steps each time. */
export interface WorkflowRule extends RuleHead {
  readonly scope: 'workflow';
  check(view: WorkflowView): Iterable<Found>;
}

export type Rule = StepRule | GraphRule | DeclarationRule | NameRule | WorkflowRule;

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

/** Of a step that is the first of its name. */
export interface GraphView extends StepView {
  readonly graph: StepGraph;
}

/** What waits for what, and what follows from that. */
export interface StepGraph {
  /** Rules about the graph's meaning are silent where there is one. */
  readonly hasCycle: boolean;
  /** Concrete cycles of dependencies, one for each knot. */
  readonly cycles: readonly (readonly Step[])[];
  /** Which steps run together. Only where there is no cycle. */
  readonly skipping: Skipping;
  dependenciesOf(step: Step): Dependencies;
  /** Whether `later` waits for `earlier`, directly or not. */
  isUpstream(earlier: Step, later: Step): boolean;
  /** Whether a name in `depend_steps` leads nowhere, of this step or of one that it waits for: it may be meant for any step. */
  isUnsure(step: Step): boolean;
}

export interface UnknownName {
  readonly use: Use;
  readonly problem: UseProblem;
  /** The declared name that is most like it. */
  readonly suggestion: string | undefined;
}

export interface WorkflowView {
  readonly bound: Bound;
  readonly graph: StepGraph;
}
