// The parts of a document that an edit can leave untouched: entries of collections, else whole members. A part that did not change is the same
// object in the next version, so what was found in it is known already. Places in it are origins, which move along with it.
import type { Analysis } from '../core/analysis.ts';
import type { Path } from '../core/syntax/locate.ts';
import type { MapEntry, MapNode, SyntaxNode } from '../core/syntax/tree.ts';
import { type Origin, spanOf } from '../core/text/origin.ts';

export interface DocumentPart {
  /** Leads to the value. */
  readonly path: Path;
  /** Undefined for an item of a list. */
  readonly entry: MapEntry | undefined;
  /** Undefined where nothing is written, or an alias stands for what is written elsewhere. */
  readonly value: SyntaxNode | undefined;
  /** A tree that has only this part: enough for `describeAt`, and as small as that. */
  readonly tree: SyntaxNode;
}

/** In order of the text; in a program, whose entries stand wherever they are made, in order of the tree. */
export function* partsOf({ parsed: { tree }, isProgram }: Pick<Analysis, 'parsed' | 'isProgram'>): Generator<DocumentPart> {
  if (tree?.kind !== 'map') {
    if (tree) yield { path: [], entry: undefined, value: tree, tree };
    return;
  }
  const isWritten = (entry: MapEntry) => isProgram || (entry.value !== undefined && contains(entry.origin, entry.value.origin));
  for (const entry of tree.entries) {
    if (entry.merged) continue;
    const { key, value } = entry;
    const top: MapNode = { ...tree, entries: [entry] };
    if (!isWritten(entry) || value?.kind === 'scalar' || value?.flow || !value) {
      yield { path: [key.text], entry, value: isWritten(entry) ? value : undefined, tree: top };
    } else if (value.kind === 'seq') {
      for (const [index, item] of value.items.entries())
        if (item && contains(value.origin, item.origin))
          yield { path: [key.text, index], entry: undefined, value: item, tree: top };
    } else {
      for (const inner of value.entries) {
        if (inner.merged) continue;
        const small: MapNode = { ...tree, entries: [{ ...entry, value: { ...value, entries: [inner] } }] };
        yield { path: [key.text, inner.key.text], entry: inner, value: isWritten(inner) ? inner.value : undefined, tree: small };
      }
    }
  }
}

/** Computes what is asked of a part once for each version of it: from the part alone, and from nothing else of the document. */
export function rememberedByPart<T>(compute: (part: DocumentPart) => T): (part: DocumentPart) => T {
  const known = new WeakMap<object, { readonly member: string | number | undefined; readonly result: T }>();
  return (part) => {
    const object = part.entry ?? part.value!;
    const [member] = part.path;
    const before = known.get(object);
    // The member around may have got another name.
    if (before && before.member === member) return before.result;
    const result = compute(part);
    known.set(object, { member, result });
    return result;
  };
}

export function contains(outer: Origin, inner: Origin): boolean {
  const [a, b] = [spanOf(outer), spanOf(inner)];
  return a.start <= b.start && b.end <= a.end;
}
