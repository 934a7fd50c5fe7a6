// What a person asks of a run while it goes on: a reference (`steps.a.outputs.m.accuracy`) or a condition of references.
// More generous than a step's own reads: metrics can be looked at while their step is at work, and of any shape.
import { evaluateConditions } from '../plan/condition.ts';
import type { Plain } from '../plan/plain.ts';
import type { Plan } from '../plan/plan.ts';
import { ResolveError, scopeOf } from '../plan/scope.ts';
import { parseCondition } from '../refs/expression.ts';
import { parseReference } from '../refs/reference.ts';
import type { Reference } from '../ir/workflow.ts';
import { wholeText } from './hold.ts';
import type { RunState } from './reduce.ts';

export type Evaluated =
  | { readonly kind: 'value'; readonly value: Plain | undefined }
  | { readonly kind: 'failed'; readonly message: string };

export function evaluateIn(plan: Plan, state: RunState, expression: string): Evaluated {
  const text = expression
    .trim()
    .replace(/^\$\{\{(.*)\}\}$/su, '$1')
    .trim();
  const braced = `\${{ ${text} }}`;
  const reading = parseReference(braced, wholeText(braced));
  if (reading?.kind === 'reference') return read(plan, state, reading.reference);
  const { conditions, finding } = parseCondition(text, wholeText(text));
  if (finding) return { kind: 'failed', message: finding.message.en };
  const evaluation = evaluateConditions(conditions, scopeOf(plan, state));
  return evaluation.kind === 'failed' ? evaluation : { kind: 'value', value: evaluation.result };
}

function read(plan: Plan, state: RunState, reference: Reference): Evaluated {
  const unknown = unknownName(plan, reference);
  if (unknown !== undefined) return { kind: 'failed', message: unknown };
  if (reference.root === 'steps' && reference.key) {
    const key = reference.key.text;
    const step = state.steps.find(({ name }) => name === reference.step.text);
    const metric = step?.metrics.find(
      (each) => each.key === key && (each.output ?? reference.output.text) === reference.output.text,
    );
    if (metric) return { kind: 'value', value: metricValue(metric) };
  }
  try {
    return { kind: 'value', value: scopeOf(plan, state).read(reference) };
  } catch (error) {
    if (error instanceof ResolveError) return { kind: 'failed', message: error.message };
    throw error;
  }
}

/** The number of a `float`, else all that was written. */
export function metricValue({ type, data }: { readonly type: string; readonly data: unknown }): Plain {
  const value = type === 'float' ? (data as { readonly value?: Plain } | null)?.value : undefined;
  return value ?? (data as Plain);
}

function unknownName({ workflow }: Plan, reference: Reference): string | undefined {
  if (reference.root === 'steps') return undefined; // the scope says it
  const declared =
    reference.root === 'parameters' ? workflow.parameters : reference.root === 'data' ? workflow.data : workflow.storages;
  if (declared.some(({ name }) => name.text === reference.name.text)) return undefined;
  const known = declared.map(({ name }) => name.text).join(', ') || 'none';
  return `There is no "${reference.name.text}" among the ${reference.root} of the workflow (${known}).`;
}
