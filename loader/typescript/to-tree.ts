// Objects written down -> the tree that the same workflow has as a file, so that from here on there is one reading and one meaning.
// Every node stands where the author wrote its value.
import type { MapEntry, MapNode, ScalarNode, SyntaxNode } from '../../core/syntax/tree.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import type { Origin } from '../../core/text/origin.ts';
import type {
  ArgumentPath,
  Call,
  Written,
  WrittenCondition,
  WrittenEntry,
  WrittenMap,
  WrittenReference,
  WrittenThing,
  WrittenWorkflow,
} from '../../sdk/written.ts';
import { calleeOf, type CodeFile, isLiteral, nameOfCallee } from './code-file.ts';
import type { DocumentPlaces } from './document-places.ts';
import { argumentPlace, behindName, literalPlace, memberAt, memberName, type Place, placeOfCall } from './places.ts';
import { Builder, type ComposedText, literalText, type ReferencePlaces, referenceText } from './scalar-text.ts';

export interface WorkflowTree {
  readonly tree: MapNode;
  readonly findings: readonly Diagnostic[];
}

export function workflowTree(
  workflow: WrittenWorkflow,
  files: ReadonlyMap<string, CodeFile>,
  places: DocumentPlaces,
): WorkflowTree {
  return new TreeMaker(files, places).workflow(workflow);
}

class TreeMaker {
  private readonly files: ReadonlyMap<string, CodeFile>;
  private readonly places: DocumentPlaces;
  private readonly findings: Diagnostic[] = [];

  constructor(files: ReadonlyMap<string, CodeFile>, places: DocumentPlaces) {
    this.files = files;
    this.places = places;
  }

  workflow(workflow: WrittenWorkflow): WorkflowTree {
    const call = this.call(workflow.settings.call);
    const callee = call ? this.places.of(nameOfCallee(call.node)) : this.places.at({ start: 0, end: 0 });
    const own = this.entries(workflow.settings, call, callee);
    const name = this.name(workflow, call, callee);
    const collection = (key: string, things: readonly WrittenThing[]): readonly MapEntry[] => {
      if (things.length === 0 && key !== 'steps') return [];
      const steps = key === 'steps' ? this.ownCalls(things) : undefined;
      const entries = things.map((thing, index) => this.thing(thing, steps?.[index], callee));
      return [{ origin: callee, key: scalar(key, callee), value: { kind: 'map', origin: callee, flow: true, entries } }];
    };
    const entries: readonly MapEntry[] = [
      { origin: name.origin, key: scalar('name', name.origin), value: name },
      ...own,
      ...collection('storages', workflow.storages),
      ...collection('parameters', workflow.parameters),
      ...collection('data', workflow.data),
      ...collection('steps', workflow.steps),
    ];
    return {
      tree: { kind: 'map', origin: call ? this.places.of(call.node) : callee, flow: true, entries },
      findings: this.findings,
    };
  }

  /** A declaration or a step. `own`: the call that counts as its place, where that is not the innermost one. */
  private thing(thing: WrittenThing, own: Place | undefined, around: Origin): MapEntry {
    const call = this.call(thing.settings.call);
    const at = own ?? this.places.inside(call);
    const callee = at ? this.places.of(nameOfCallee(at.node)) : around;
    const whole = at ? this.places.of(at.node) : around;
    const key = this.name(thing, call, callee);
    const entries = this.entries(thing.settings, call, callee);
    return { origin: whole, key, value: { kind: 'map', origin: whole, flow: true, entries } };
  }

  /**
   * The call that stands for each step: the innermost one in the document, but where a helper made several steps there, the caller's
   * that tells them apart.
   */
  private ownCalls(things: readonly WrittenThing[]): readonly (Place | undefined)[] {
    const chains = things.map(({ settings }) => {
      const chain: Place[] = [];
      for (let at = this.places.inside(this.call(settings.call)); at; at = this.places.inside(at.caller)) chain.push(at);
      return chain;
    });
    return chains.map((chain, index) => {
      const siblings = chains.filter((other, at) => at !== index && other[0]?.node.from === chain[0]?.node.from);
      const distinct = chain.find(({ node }) => !siblings.some((other) => other.some((each) => each.node.from === node.from)));
      return distinct ?? chain[0];
    });
  }

  private call(call: Call | undefined): Place | undefined {
    return call && placeOfCall(this.files, call);
  }

  private name({ name, nameFrom }: WrittenThing, call: Place | undefined, around: Origin): ScalarNode {
    const place = call && argumentPlace(call, nameFrom);
    const literal = place?.exact ? this.literal(place.place) : undefined;
    const origin = literal && isLiteral(literal.node) ? this.places.of(literal.node) : { ...around, pieces: [] };
    const text = name.kind === 'scalar' && name.value !== null ? String(name.value) : '';
    if (text === '') this.mistake(name.kind === 'mistake' ? name.what : 'no name', origin, true);
    return scalar(text, origin, 'double');
  }

  private entries(map: WrittenMap, base: Place | undefined, around: Origin): readonly MapEntry[] {
    return map.entries.map((entry) => {
      const own = entry.call && this.call(entry.call);
      return this.entry(entry, own ?? base, around, own !== undefined || map.call !== undefined);
    });
  }

  private entry({ key, value, from }: WrittenEntry, base: Place | undefined, around: Origin, byCall: boolean): MapEntry {
    const at = base && this.memberPlaces(base, key, from, byCall);
    const keyOrigin = (at?.key && this.originOf(at.key)) ?? around;
    const node = this.value(value, at?.value, keyOrigin);
    const { origin } = node;
    const ordered =
      origin.anchor === keyOrigin.anchor && keyOrigin.from <= origin.from && at?.key?.node.parent?.name === 'Property';
    const whole = ordered
      ? { anchor: origin.anchor, from: keyOrigin.from, to: Math.max(keyOrigin.to, origin.to) }
      : plainOrigin(origin);
    return { origin: whole, key: scalar(key, keyOrigin), value: node };
  }

  private memberPlaces(
    base: Place,
    key: string,
    from: ArgumentPath | undefined,
    byCall: boolean,
  ): { readonly key?: Place | undefined; readonly value?: Place | undefined } {
    if (!byCall) return memberAt(base, key) ?? { value: base };
    // What a call implies stands where its function is named.
    if (!from || from.length === 0) return { key: { ...base, node: nameOfCallee(base.node) } };
    const last = from.at(-1)!;
    const holder = argumentPlace(base, from.slice(0, -1));
    if (from.length === 1 || !holder.exact) {
      const found = from.length === 1 ? argumentPlace(base, from) : holder;
      return found.exact || from.length > 1
        ? { key: found.place, value: found.place }
        : { key: { ...base, node: nameOfCallee(base.node) } };
    }
    return memberAt(holder.place, last) ?? { key: holder.place, value: holder.place };
  }

  /** `around`: where to put what has no place of its own. */
  private value(written: Written, place: Place | undefined, around: Origin): SyntaxNode {
    switch (written.kind) {
      case 'scalar': {
        const literal = place && this.literal(place);
        const exact = literal && isLiteral(literal.node) ? this.places.of(literal.node) : undefined;
        const origin = exact ?? { ...(literal ? this.originOf(literal) : around), pieces: [] };
        const { value } = written;
        return scalar(value === null ? 'null' : String(value), origin, typeof value === 'string' ? 'double' : 'plain');
      }
      case 'mistake':
        return this.mistake(written.what, place ? this.originOf(place) : around);
      case 'list': {
        const base = written.call ? this.call(written.call) : place;
        const origin = this.holder(base ?? place, around);
        const items = written.items.map((item, index) => {
          const from = written.from?.[index];
          const at = base && (from ? argumentPlace(base, from).place : memberAt(base, index)?.value);
          return this.value(item, at ?? place, origin);
        });
        return { kind: 'seq', origin, flow: true, items };
      }
      case 'map': {
        const base = written.call ? this.call(written.call) : place;
        const origin = this.holder(base ?? place, around);
        return { kind: 'map', origin, flow: true, entries: this.entries(written, base, origin) };
      }
      case 'reference': {
        const text = this.reference(written, place, around, true);
        return scalar(text.text, { ...(place ? this.originOf(place) : around), pieces: text.pieces }, 'double');
      }
      case 'select': {
        const base = this.call(written.call);
        const origin = this.holder(base ?? place, around);
        const items = written.items.map((item, index) =>
          this.value(item, base && argumentPlace(base, written.from[index] ?? [index]).place, origin),
        );
        const key = base ? (this.originOf({ ...base, node: nameOfCallee(base.node) }) ?? origin) : origin;
        const list: SyntaxNode = { kind: 'seq', origin, flow: true, items };
        return { kind: 'map', origin, flow: true, entries: [{ origin, key: scalar('select', key), value: list }] };
      }
      case 'condition': {
        const text = this.condition(written, place, around);
        const base = this.call(written.call) ?? place;
        return scalar(text.text, { ...(base ? this.originOf(base) : around), pieces: text.pieces }, 'double');
      }
    }
  }

  private reference(written: WrittenReference, place: Place | undefined, around: Origin, braces: boolean): ComposedText {
    const whole = place ? this.originOf(place) : around;
    return referenceText(written, place ? this.namesIn(written, place, whole) : { whole }, braces);
  }

  /** Where `train`, `metrics` and `accuracy` of `train.outputs.metrics.accuracy` stand. */
  private namesIn(written: WrittenReference, place: Place, whole: Origin): ReferencePlaces {
    if (written.root === 'parameters' || written.root === 'data') return { whole };
    const naming = written.named && this.call(written.named.call);
    if (written.named && naming) {
      const { key: _, named, ...output } = written;
      const inside = argumentPlace(naming, named.output).place;
      const names = this.namesIn(output, inside, this.originOf(inside));
      return { ...names, whole, key: this.originOf(argumentPlace(naming, named.key).place) };
    }
    let at = behindName(place);
    if (at.file !== this.places.file) return { whole };
    if (written.root === 'storages') {
      const callee = at.node.name === 'CallExpression' ? calleeOf(at.node) : undefined;
      if (callee?.name !== 'MemberExpression') return { whole };
      return { whole, name: this.places.of(callee.firstChild!), path: this.places.of(argumentPlace(at, [0]).place.node) };
    }
    const names: Origin[] = [];
    const wanted = [...(written.key === undefined ? [] : [written.key]), written.output!];
    while (names.length <= wanted.length) {
      at = behindName(at);
      if (at.file !== this.places.file) break;
      const called = at.node.name === 'CallExpression' ? calleeOf(at.node) : undefined;
      if (called?.name === 'MemberExpression') {
        // `output.as_input()` is the output; `output.metric('a key')` names the key by its argument.
        const argument = argumentPlace(at, [0]);
        if (argument.exact && names.length < wanted.length) names.push(this.places.of(argument.place.node));
        at = { ...at, node: called.firstChild! };
        continue;
      }
      if (at.node.name !== 'MemberExpression') break;
      const name = memberName(at.file, at.node);
      if (name !== (wanted[names.length] ?? 'outputs')) break;
      names.push(this.places.of(at.node.getChild('PropertyName') ?? at.node.lastChild!.prevSibling!));
      at = { ...at, node: at.node.firstChild! };
    }
    const step = names.length > wanted.length ? this.places.of(at.node) : undefined;
    const [key, output] = written.key === undefined ? [undefined, names[0]] : names;
    return { whole, name: step, output, key };
  }

  private condition(written: WrittenCondition, place: Place | undefined, around: Origin): ComposedText {
    const base = this.call(written.call) ?? place;
    const whole = base ? this.originOf(base) : around;
    const builder = new Builder();
    builder.piece(whole, () => {
      for (const part of written.parts) {
        if (typeof part === 'string') builder.add(part);
        else {
          const at = base && argumentPlace(base, part.from).place;
          builder.include(this.operand(part.operand, at, whole));
        }
      }
    });
    return builder;
  }

  private operand(written: Written, place: Place | undefined, around: Origin): ComposedText {
    const builder = new Builder();
    const literal = place && this.literal(place);
    const origin = literal ? this.originOf(literal) : around;
    switch (written.kind) {
      case 'reference':
        return this.reference(written, place, around, false);
      case 'condition':
        return this.condition(written, place, around);
      case 'scalar':
        builder.piece(origin, () => builder.add(literalText(written.value)));
        return builder;
      case 'list':
        builder.piece(origin, () => {
          builder.add('[');
          for (const [index, item] of written.items.entries()) {
            if (index > 0) builder.add(', ');
            builder.include(this.operand(item, literal && memberAt(literal, index)?.value, origin));
          }
          builder.add(']');
        });
        return builder;
      case 'mistake':
        this.mistake(written.what, origin);
        break;
      default:
        this.mistake('an object', origin);
    }
    builder.piece(origin, () => builder.add('true'));
    return builder;
  }

  /** Where a map or list is written; the use of it where that is elsewhere. */
  private holder(place: Place | undefined, around: Origin): Origin {
    return place ? this.originOf(this.literal(place)) : around;
  }

  /** The literal that a value comes from, where that is in the document. */
  private literal(place: Place): Place {
    const literal = literalPlace(place);
    return literal.file === this.places.file ? literal : place;
  }

  private originOf(place: Place): Origin {
    const inside = this.places.inside(place);
    return inside ? this.places.of(inside.node) : this.places.at({ start: 0, end: 0 });
  }

  private mistake(what: string, origin: Origin, isName = false): ScalarNode {
    const at = plainOrigin(origin);
    this.findings.push({
      code: 'typescript-value',
      severity: 'error',
      message: isName
        ? { en: `A name is a text; this is ${what}.`, zh: `名称应为文本，此处是 ${what}。` }
        : { en: `This is ${what}, which has no meaning in a workflow.`, zh: `此处是 ${what}，在工作流中没有意义。` },
      origin: at,
    });
    return scalar('', { ...at, pieces: [] }, 'plain');
  }
}

function plainOrigin({ anchor, from, to }: Origin): Origin {
  return { anchor, from, to };
}

function scalar(text: string, origin: Origin, style: ScalarNode['style'] = 'double'): ScalarNode {
  return { kind: 'scalar', origin, style, text };
}
