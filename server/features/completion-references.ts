// References and bare step names: what a place may refer to, in the form and with the quotes and braces that it needs.
import { CompletionItemKind } from 'vscode-languageserver';
import type { Declaration, Name, Output, Reference, Step } from '../../core/ir/workflow.ts';
import { textAt } from '../../core/ir/workflow.ts';
import type { Bound } from '../../core/refs/bind.ts';
import { type ExpressionSlot, locateInExpression } from '../../core/refs/locate.ts';
import { printTarget, referenceRoots } from '../../core/refs/reference.ts';
import { plainName } from '../../core/refs/scanner.ts';
import { allUses } from '../../core/refs/symbols.ts';
import { addDependency } from '../../core/rules/fixes.ts';
import type { References } from '../../core/schema/descriptor.ts';
import { type Description, referencesAt } from '../../core/schema/describe.ts';
import { kindOfDeclaration, kindOfOutput } from '../../core/steps/data-kinds.ts';
import { stepKind } from '../../core/steps/step-kinds.ts';
import type { Spot } from '../../core/syntax/locate.ts';
import { quote } from '../../core/syntax/quote.ts';
import type { Span, TextEdit } from '../../core/text/source.ts';
import { symbolText } from '../symbol-text.ts';
import { type Context, say } from '../feature.ts';
import { downstreamOf, upstreamOf } from '../reachable.ts';
import type { Offer } from './completion-offer.ts';
import { inList } from './completion-values.ts';

// ---- bare names of steps

const stepLists = new Set(['depend_steps', 'if_then_steps', 'else_then_steps']);

/** Undefined where no names of steps stand. */
export function stepNameOffers(context: Context, spot: Spot, { shape }: Description): readonly Offer[] | undefined {
  const { bound } = context.analysis;
  const [collection, , member] = spot.path;
  const inSteps = collection === 'steps' && stepLists.has(String(member));
  const inScenes =
    (collection === 'scenes' || collection === 'sub_graphs') &&
    (spot.path.length === 2 || typeof member === 'number' || member === 'steps');
  const inNotification = collection === 'notifications' && spot.path.at(-1) === 'step';
  if (!inSteps && !inScenes && !inNotification) return undefined;
  const current = inSteps ? bound.steps.get(spot.entryName ?? '')?.step : undefined;
  const excluded = current ? excludedFrom(bound, current, String(member)) : new Set<Step>();
  const listed = listedBeside(spot);
  const condition = current && member !== 'depend_steps' ? { step: current, waiting: downstreamOf(bound, current) } : undefined;
  return [...bound.steps.values()]
    .filter(({ step }) => !excluded.has(step) && !listed.has(step.name.text))
    .map(({ step }) => ({
      ...stepOffer(context, step),
      span: spot.outer,
      text: inList(shape, spot, asScalar(step.name.text, spot)),
      ...(spot.style !== 'plain' && { filter: quoteLike(step.name.text, spot) }),
      ...(condition && !condition.waiting.has(step) && madeToWait(context, step, condition.step)),
    }));
}

/** What would wait for itself; and of branches what is in one of them already. */
function excludedFrom(bound: Bound, step: Step, member: string): ReadonlySet<Step> {
  if (member === 'depend_steps') return downstreamOf(bound, step);
  const named = (names: readonly Name[]) => names.flatMap(({ text }) => bound.steps.get(text)?.step ?? []);
  const other = member === 'if_then_steps' ? step.elseThenSteps : step.ifThenSteps;
  return new Set([...upstreamOf(bound, step), ...named(other)]);
}

/** A branch target has to wait for its condition: one that would not is offered last, together with what makes it wait. */
function madeToWait(context: Context, step: Step, condition: Step): Partial<Offer> {
  if (!step.dependSteps) return {};
  const others = dependencyEdits(context, step, condition);
  return others.length > 0 ? { group: 'b', others, detail: addsText(context, condition, 'its') } : { group: 'b' };
}

function dependencyEdits({ analysis }: Context, step: Step, on: Step): readonly TextEdit[] {
  return addDependency(step, on.name.text)(analysis.source.text)[0]?.edits ?? [];
}

function addsText(context: Context, { name }: Step, whose: 'its' | 'own'): string {
  const en = whose === 'its' ? `adds \`${name.text}\` to its \`depend_steps\`` : `adds \`${name.text}\` to \`depend_steps\``;
  return say(context, { en, zh: `并将“${name.text}”加入 \`depend_steps\`` });
}

/** Names that stand in the same list already. */
function listedBeside(spot: Spot): ReadonlySet<string> {
  if (typeof spot.path.at(-1) !== 'number') return new Set();
  return new Set(spot.siblings);
}

function asScalar(name: string, spot: Spot): string {
  if (spot.style === 'double') return JSON.stringify(name);
  if (spot.style === 'single') return `'${name.replaceAll("'", "''")}'`;
  return /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u.test(name) && !/^(?:true|false|null|~|[\d.eE+-]+)$/i.test(name) ? name : quote(name);
}

function quoteLike(name: string, spot: Spot): string {
  return (spot.style === 'double' ? '"' : "'") + name;
}

function stepOffer(context: Context, step: Step): Omit<Offer, 'span'> {
  const kind = stepKind(step.type);
  const detail = kind ? say(context, kind.label) : step.typeName?.text;
  return {
    label: step.name.text,
    kind: CompletionItemKind.Class,
    group: 'a',
    ...(detail && { detail }),
    documentation: () => symbolText(context, { kind: 'step', name: step.name, node: step }),
  };
}

// ---- references

export interface ReferenceOffers {
  /** The cursor is inside of an expression: nothing else can stand there. */
  readonly only: boolean;
  readonly offers: readonly Offer[];
}

export function referenceOffers(context: Context, spot: Spot, { shape }: Description): ReferenceOffers {
  const refs = referencesAt(shape);
  const isCondition = shape.kind === 'conditions';
  const slot = locateInExpression(spot.text, spot.at, isCondition ? 'condition' : 'value');
  if (!slot && spot.text.slice(0, spot.at).includes('${{')) return { only: true, offers: [] };
  const reader = readerAt(context, spot);
  if (slot) {
    const place: Place = { context, spot, slot, refs: refs ?? {}, reader, isCondition };
    return { only: true, offers: inExpression(place) };
  }
  if (!refs) return { only: false, offers: [] };
  const offers = targets(context, refs, reader).map((target): Offer => {
    const path = target.reference.root === 'storages' && shape.kind === 'scalar' && shape.path !== undefined ? '/' : '';
    const expression = `\${{ ${target.text} }}${path}`;
    const text = inList(shape, spot, inQuotes(expression, spot));
    return {
      ...target.offer,
      kind: CompletionItemKind.Reference,
      span: spot.style === 'plain' ? spot.outer : spot.span,
      text,
      filter: `${target.text} ${expression}`,
    };
  });
  return { only: false, offers };
}

/** The step that the cursor is in, and what it can read. */
interface Reader {
  readonly step: Step | undefined;
  readonly canRead: (step: Step) => boolean;
  /** Reading it needs no change of a written `depend_steps`. */
  readonly isUpstream: (step: Step) => boolean;
}

function readerAt({ analysis: { bound } }: Context, spot: Spot): Reader {
  const step = spot.path[0] === 'steps' ? bound.steps.get(spot.entryName ?? '')?.step : undefined;
  if (!step) return { step, canRead: () => true, isUpstream: () => true };
  const later = downstreamOf(bound, step);
  const earlier = step.dependSteps ? upstreamOf(bound, step) : undefined;
  return { step, canRead: (each) => !later.has(each), isUpstream: (each) => earlier?.has(each) ?? true };
}

interface TargetOffer {
  readonly reference: Reference;
  /** What stands between the braces. */
  readonly text: string;
  readonly offer: Omit<Offer, 'span'>;
}

/** Everything that fits, whole: `parameters.epochs`, `steps.a.outputs.b`. */
function targets(context: Context, refs: References, reader: Reader): readonly TargetOffer[] {
  const { bound, workflow } = context.analysis;
  const found: TargetOffer[] = [];
  const add = (reference: Reference, offer: Omit<Offer, 'span' | 'label' | 'kind'>) => {
    const text = printTarget(reference);
    found.push({ reference, text, offer: { ...offer, label: text, kind: CompletionItemKind.Variable } });
  };
  const declared = (declaration: Declaration, detail: string | undefined) => ({
    ...(detail && { detail }),
    documentation: () => symbolText(context, { kind: declaration.kind, name: declaration.name, node: declaration }),
  });
  const { parameters: types, data: kinds, steps: outputs } = refs;
  for (const [step, output, kind] of outputs ? outputsOf(context, reader) : []) {
    const fits = kind === undefined || outputs!.length === 0 || outputs!.includes(kind);
    if (!fits) continue;
    const group = reader.isUpstream(step) ? 'd' : 'f';
    const details = { ...outputDetail(context, step, output, reader), group };
    const keys = needsKey(outputs!) ? keysOfOutput(context, step, output) : [undefined];
    for (const key of keys) {
      add(
        { root: 'steps', step: step.name, output: output.name, ...(key && { key: { text: key, origin: output.origin } }) },
        details,
      );
    }
  }
  if (kinds) {
    for (const declaration of workflow.data) {
      const kind = kindOfDeclaration(declaration);
      if (kinds.length > 0 && kind && !kinds.includes(kind)) continue;
      add({ root: 'data', name: declaration.name }, { ...declared(declaration, kind), group: 'd' });
    }
  }
  if (types) {
    for (const declaration of bound.parameters.values()) {
      const type = textAt(declaration.fields, 'type');
      if (types.length > 0 && type && !types.includes(type)) continue;
      add({ root: 'parameters', name: declaration.name }, { ...declared(declaration, type), group: 'e' });
    }
  }
  if (refs.storages) {
    for (const declaration of bound.storages.values()) {
      const detail = textAt(declaration.fields, 'default');
      add({ root: 'storages', name: declaration.name, path: '' }, { ...declared(declaration, detail), group: 'd' });
    }
  }
  return found;
}

function* outputsOf({ analysis: { bound } }: Context, reader: Reader): Generator<readonly [Step, Output, string | undefined]> {
  for (const { step } of bound.steps.values()) {
    if (!reader.canRead(step)) continue;
    for (const output of step.outputs) {
      yield [step, output, kindOfOutput({ root: 'steps', step: step.name, output: output.name }, bound)];
    }
  }
}

/** Conditions and variables read something of an output, not the output. */
function needsKey(outputs: readonly string[]): boolean {
  return outputs.length > 0 && outputs.every((kind) => kind === 'metrics' || kind === 'service');
}

/** Variables of the step's kind; of metrics those that the workflow reads somewhere, else the documented `accuracy`. */
function keysOfOutput({ analysis: { bound } }: Context, step: Step, output: Output): readonly string[] {
  const fixed = stepKind(step.type)?.variables ?? [];
  if (fixed.length > 0) return fixed;
  const own = new Set<string>();
  const any = new Set<string>();
  for (const { value, kind, target } of allUses(bound)) {
    const reference = value?.reference;
    if (kind !== 'output' || reference?.root !== 'steps' || !reference.key) continue;
    any.add(reference.key.text);
    if (target === output) own.add(reference.key.text);
  }
  if (own.size > 0) return [...own, ...[...any].filter((key) => !own.has(key))];
  return any.size > 0 ? [...any] : ['accuracy'];
}

function outputDetail(context: Context, step: Step, output: Output, reader: Reader) {
  const kind = kindOfOutput({ root: 'steps', step: step.name, output: output.name }, context.analysis.bound);
  const far = reader.isUpstream(step) ? undefined : addsText(context, step, 'own');
  const detail = [kind, far].filter(Boolean).join(' · ');
  return {
    ...(detail && { detail }),
    ...(far && { others: dependencyEdits(context, reader.step!, step) }),
    documentation: () => symbolText(context, { kind: 'output', name: output.name, node: output, step }),
  };
}

// ---- inside of an expression

interface Place {
  readonly context: Context;
  readonly spot: Spot;
  readonly slot: ExpressionSlot;
  readonly refs: References;
  readonly reader: Reader;
  readonly isCondition: boolean;
}

function inExpression(place: Place): readonly Offer[] {
  const { context, slot, refs, reader } = place;
  const { bound, workflow } = context.analysis;
  switch (slot.kind) {
    case 'root': {
      const whole = targets(context, refs, reader).map(({ text, offer }) => written(place, { ...offer, text }, true));
      const roots = referenceRoots
        .filter((root) => isOffered(root, refs))
        .map((root) =>
          written(place, { label: root, kind: CompletionItemKind.Module, text: `${root}.`, group: 'g', again: true }),
        );
      return [...whole, ...roots];
    }
    case 'name':
      if (slot.root === 'steps') {
        return [...bound.steps.values()]
          .filter(({ step }) => reader.canRead(step) && step.outputs.length > 0)
          .map(({ step }) =>
            named(
              place,
              step.name.text,
              { ...stepOffer(context, step), group: reader.isUpstream(step) ? 'a' : 'b' },
              '.outputs.',
            ),
          );
      }
      return declarationsOf(place, slot.root).map((declaration) =>
        named(place, declaration.name.text, {
          label: declaration.name.text,
          kind: CompletionItemKind.Variable,
          group: 'a',
          documentation: () => symbolText(context, { kind: declaration.kind, name: declaration.name, node: declaration }),
        }),
      );
    case 'outputs':
      return [written(place, { label: 'outputs', kind: CompletionItemKind.Module, text: 'outputs.', group: 'a', again: true })];
    case 'output': {
      const step = bound.steps.get(slot.name ?? '')?.step;
      return (step?.outputs ?? []).map((output) => {
        const details = outputDetail(context, step!, output, reader);
        const offer = { label: output.name.text, kind: CompletionItemKind.Field, group: 'a', ...details };
        return needsKey(refs.steps ?? []) ? named(place, output.name.text, offer, '.') : named(place, output.name.text, offer);
      });
    }
    case 'key': {
      const step = workflow.steps.find(({ name }) => name.text === slot.name);
      const output = step?.outputs.find(({ name }) => name.text === slot.output);
      if (!step || !output) return [];
      return keysOfOutput(context, step, output).map((key) =>
        named(place, key, { label: key, kind: CompletionItemKind.Property, group: 'a' }),
      );
    }
    case 'flag':
      return ['create_dir', 'with_execution_id'].flatMap((flag) =>
        ['true', 'false'].map((value) =>
          written(place, { label: `${flag}=${value}`, kind: CompletionItemKind.Property, text: `${flag}=${value}`, group: 'a' }),
        ),
      );
    case 'operator':
      return ['==', '!=', '>', '>=', '<', '<=', 'in', '&&', '||'].map((sign) =>
        written(place, { label: sign, kind: CompletionItemKind.Operator, text: `${sign} `, group: 'a' }),
      );
    case 'path':
    case 'literal':
      return [];
  }
}

function isOffered(root: (typeof referenceRoots)[number], refs: References): boolean {
  return refs[root] !== undefined;
}

function declarationsOf({ context, refs }: Place, root: string | undefined): readonly Declaration[] {
  const { bound, workflow } = context.analysis;
  const fits = (allowed: readonly string[] | undefined, kind: string | undefined) =>
    !allowed?.length || kind === undefined || allowed.includes(kind);
  switch (root) {
    case 'parameters':
      return [...bound.parameters.values()].filter(({ fields }) => fits(refs.parameters, textAt(fields, 'type')));
    case 'storages':
      return workflow.storages;
    case 'data':
      return workflow.data.filter((declaration) => fits(refs.data, kindOfDeclaration(declaration)));
    case 'data_requirements':
      return [...bound.dataRequirements.values()];
    default:
      return [];
  }
}

/** A name after a dot or in brackets; one with other signs than a word has turns the dot into brackets. */
function named(place: Place, name: string, offer: Omit<Offer, 'span'>, after = ''): Offer {
  const { slot, spot } = place;
  const again = after !== '';
  if (slot.bracket) {
    const rest = spot.text.slice(slot.span.end);
    const close = rest.startsWith("']") ? '' : rest.startsWith("'") ? ']' : "']";
    return written(
      place,
      { ...offer, text: name.replaceAll("'", "''") + (close || after ? close : ''), again },
      !again && close !== '',
    );
  }
  if (plainName.test(name)) return written(place, { ...offer, text: name + tail(place, after), again }, !again);
  const start = slot.span.start - 1;
  const wider: Place = { ...place, slot: { ...slot, span: { start, end: slot.span.end } } };
  const text = `['${name.replaceAll("'", "''")}']${tail(place, after)}`;
  return written(wider, { ...offer, text, filter: `.${name}`, again }, !again);
}

/** Does not write again what follows already: `steps.a|.outputs.x`. */
function tail({ slot, spot }: Place, after: string): string {
  return /^[.[]/.test(spot.text.slice(slot.span.end)) ? '' : after;
}

type Written = Omit<Offer, 'span' | 'snippet'> & { readonly text: string };

/** The offer at the slot, with the closing braces where it ends the expression and the quotes that the place needs. */
function written({ spot, slot, isCondition }: Place, offer: Omit<Written, never>, ends = false): Offer {
  const before = spot.text.slice(0, slot.span.start);
  const after = spot.text.slice(slot.span.end);
  const braced = before.includes('${{');
  const closing = ends && braced && !isCondition && !after.includes('}}') ? ' }}' : '';
  const inserted = offer.text + closing;
  const whole = before + inserted + after;
  if (spot.style === 'plain' && (spot.inFlow || /:\s|\s#/.test(whole))) {
    const text = quote(whole.endsWith('}}') || !braced ? whole : `${whole.trimEnd()} }}`);
    return { ...offer, span: spot.outer, text, filter: before + (offer.filter ?? offer.label) };
  }
  const span: Span = { start: spot.span.start + slot.span.start, end: spot.span.start + slot.span.end };
  return { ...offer, span, text: embedded(inserted, spot) };
}

function embedded(text: string, spot: Spot): string {
  if (spot.style === 'single') return text.replaceAll("'", "''");
  return spot.style === 'double' ? text.replace(/[\\"]/g, '\\$&') : text;
}

function inQuotes(expression: string, spot: Spot): string {
  if (spot.style !== 'plain') return embedded(expression, spot);
  return spot.inFlow || /:\s|\s#/.test(expression) ? quote(expression) : expression;
}
