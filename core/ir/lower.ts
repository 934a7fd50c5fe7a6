// Tree -> workflow (IR) and findings, for both forms of a document. Total: what cannot be read is absent, not guessed.
// Collections are read entry by entry; an entry whose objects of the tree are the same as last time is not read again.
import { workflowShape } from '../generated/shapes.ts';
import type { Member, NamedShape, ObjectShape } from '../schema/descriptor.ts';
import type { MapEntry, MapNode, SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { type Difference, differenceOf, spliced } from '../text/difference.ts';
import type { Origin } from '../text/origin.ts';
import { type Checking, checkObject, checkPart } from './check.ts';
import { asDeclared } from './declared-type.ts';
import { type Form, toDeclaration, toScene, toStep } from './entries.ts';
import { type MapPart, type PartField, partOf, textOf, valuesOf } from './part.ts';
import { listInBody } from './findings.ts';
import { readBodyEntry, readBodyObject } from './read-body.ts';
import { type InlineParameter, isCollection, type NamedNode, namedNodes, readObject, readPart, startOf } from './read-file.ts';
import { Taker } from './taker.ts';
import type { Declaration, Scene, Step, Workflow } from './workflow.ts';

type Section = 'data' | 'data_requirements';

export interface Lowered {
  readonly workflow: Workflow;
  readonly findings: readonly Diagnostic[];
}

/** Reads one document again and again; keeps what it made of entries while the tree keeps their objects. */
export interface Lowering {
  lower(tree: SyntaxNode | undefined): Lowered;
}

export function lower(tree: SyntaxNode | undefined, form: Form): Lowered {
  return createLowering(form).lower(tree);
}

/** Collections by their name in the file. */
const collections = workflowShape.members.filter((member): member is Collection => member.shape.kind === 'named');
type Collection = Member & { readonly shape: NamedShape };

/** The root without its collections: those are read entry by entry. A place is kept for each, so that a missing one is found. */
const header: ObjectShape = {
  ...workflowShape,
  members: workflowShape.members.map((member) =>
    member.shape.kind === 'named' ? { ...member, shape: { kind: 'any' } } : member,
  ),
};

type Node = Declaration | Step | Scene;

/** What an entry of the tree was read as. */
interface Entry {
  readonly node: Node;
  readonly findings: readonly Diagnostic[];
  readonly inline: readonly Declaration[];
}

/** A collection as it was read last: its entries in the tree, and what they were read as. */
class Collected {
  keys: readonly (MapEntry | SyntaxNode | undefined)[] = [];
  entries: readonly Entry[] = [];
  nodes: readonly Node[] = [];
  /** Entries with findings, and with parameters that they declare; in no order. */
  readonly faulty = new Set<Entry>();
  readonly declaring = new Set<Entry>();

  /** `added` is what was read of the keys between the equal ends. */
  exchange(keys: Collected['keys'], difference: Difference, added: readonly Entry[]): void {
    for (const entry of this.entries.slice(difference.from, difference.before)) {
      this.faulty.delete(entry);
      this.declaring.delete(entry);
    }
    for (const entry of added) {
      if (entry.findings.length > 0) this.faulty.add(entry);
      if (entry.inline.length > 0) this.declaring.add(entry);
    }
    this.keys = keys;
    this.entries = spliced(this.entries, difference, added);
    const nodes = added.map((entry) => entry.node);
    this.nodes = spliced(this.nodes, difference, nodes);
  }

  findings(): readonly Diagnostic[] {
    return [...this.faulty].flatMap((entry) => entry.findings);
  }

  inline(): readonly Declaration[] {
    return this.declaring.size === 0 ? [] : this.entries.flatMap((entry) => entry.inline);
  }
}

export function createLowering(form: Form): Lowering {
  const known = new Map(collections.map(({ name }) => [name, new Collected()]));

  function readEntry({ name, shape }: Collection, named: NamedNode): Entry {
    const findings: Diagnostic[] = [];
    const inline: InlineParameter[] = [];
    const section = sectionOf(name, named.node, form);
    let field: PartField;
    if (form === 'file') {
      const value = readObject({ findings, inline }, named.node, shape.entry, named.at, named.listed);
      field = { name: named.name, value, origin: named.origin };
    } else {
      field = readBodyEntry({ findings, section }, named, shape.entry);
    }
    checkPart({ form, findings, section }, field.value, shape.entry, named.at);
    return { node: nodeOf(name, field, section, form), findings, inline: inline.map(declaredInline) };
  }

  /** The entries of a collection, of which only those are read that are others than last time. */
  function collect(collection: Collection, value: SyntaxNode | undefined): Collected {
    const collected = known.get(collection.name)!;
    const keys = value?.kind === 'map' ? value.entries : value?.kind === 'seq' ? value.items : [];
    const difference = differenceOf(collected.keys, keys);
    const named = value && namedNodes(between(value, difference), form);
    collected.exchange(keys, difference, named?.map((each) => readEntry(collection, each)) ?? []);
    return collected;
  }

  return {
    lower(tree) {
      const findings: Diagnostic[] = [];
      const root = tree?.kind === 'map' ? tree : undefined;
      const at = tree ? startOf(tree.origin) : nowhere;
      if (tree && !root) checkPart({ form, findings }, readPart({ findings, inline: [] }, tree, header, at), header, at);
      const taker = root && new Taker(root);
      for (const collection of collections) {
        const value = root && collectionIn(collection, root, taker!, form, findings);
        for (const finding of collect(collection, value).findings()) findings.push(finding);
      }
      const head = root ? readHeader(root, taker!, form, findings, at) : undefined;
      const name = head && partOf(head, 'name');
      const inline = [...known.values()].flatMap((collected) => collected.inline());
      const all = <T extends Node>(collection: string) => known.get(collection)!.nodes as readonly T[];
      const workflow: Workflow = {
        kind: 'workflow',
        origin: root?.origin ?? at,
        name: name && textOf(name) !== undefined ? { text: textOf(name)!, origin: name.origin } : undefined,
        fields: valuesOf(head ?? { kind: 'map', origin: at, entries: [] }, headless),
        storages: all('storages'),
        parameters: inline.length > 0 ? all<Declaration>('parameters').concat(inline) : all('parameters'),
        data: all<Declaration>('data').concat(all<Declaration>('data_requirements')),
        steps: all('steps'),
        scenes: all('scenes'),
        subGraphs: all('sub_graphs'),
      };
      return { workflow, findings };
    },
  };
}

function nodeOf(collection: string, field: PartField, section: Section | undefined, form: Form): Node {
  switch (collection) {
    case 'storages':
      return toDeclaration('storage', field, section, form);
    case 'parameters':
      return toDeclaration('parameter', field, section, form);
    case 'data':
    case 'data_requirements':
      return toDeclaration('data', field, section, form);
    case 'steps':
      return toStep(field, form);
    default:
      return toScene(field);
  }
}

function declaredInline({ name, origin, fields }: InlineParameter): Declaration {
  return { kind: 'parameter', name, origin, fields: asDeclared(valuesOf(fields)), inline: true };
}

/** A collection with only the entries between its equal ends. */
function between(collection: SyntaxNode, { from, after }: Difference): SyntaxNode {
  if (collection.kind === 'map') return { ...collection, entries: collection.entries.slice(from, after) };
  if (collection.kind === 'seq') return { ...collection, items: collection.items.slice(from, after) };
  return collection;
}

const nowhere: Origin = { anchor: { offset: 0 }, from: 0, to: 0 };
const headless: ReadonlySet<string> = new Set(['name', ...collections.map(({ name }) => name)]);
const noMap: Omit<MapNode, 'origin'> = { kind: 'map', flow: true, entries: [] };

/** The node that holds a collection; what is none is told. */
function collectionIn(
  collection: Collection,
  root: MapNode,
  taker: Taker,
  form: Form,
  findings: Diagnostic[],
): SyntaxNode | undefined {
  const { shape } = collection;
  if (form === 'file') {
    const entry = root.entries.findLast(({ key }) => key.text === collection.name);
    if (!entry || isCollection(entry.value, form)) return entry?.value;
    const at = entry.key.origin;
    checkPart({ form, findings }, readPart({ findings, inline: [] }, entry.value, shape, at), shape, at);
    return undefined;
  }
  const wire = collection.wire === false ? undefined : (collection.wire ?? [collection.name]);
  const found = wire && taker.find(wire);
  const value = found?.entry.value;
  if (!found || !value || (value.kind === 'scalar' && value.style === 'plain' && value.text === 'null')) return undefined;
  const at = found.entry.key.origin;
  if (value.kind === 'seq' && isCollection(value, form)) {
    found.take();
    return value;
  }
  if (value.kind === 'map') findings.push(listInBody(at));
  else checkPart({ form, findings }, readPart({ findings, inline: [] }, value, shape, at), shape, at);
  return undefined;
}

function readHeader(root: MapNode, taker: Taker, form: Form, findings: Diagnostic[], at: Origin): MapPart {
  const names = new Set(collections.map(({ name }) => name));
  const checking: Checking = { form, findings };
  if (form === 'file') {
    const entries = root.entries.map((entry) =>
      names.has(entry.key.text) && entry.value ? { ...entry, value: { ...noMap, origin: entry.key.origin } as MapNode } : entry,
    );
    const head = readObject({ findings, inline: [] }, { ...root, entries }, header, at) as MapPart;
    checkObject(checking, head, header, at);
    return head;
  }
  const plain: ObjectShape = { ...header, members: header.members.filter(({ name }) => !names.has(name)) };
  const head = readBodyObject({ findings }, taker, plain);
  checkObject(checking, { ...head, entries: [...head.entries, ...present(root, names)] }, header, at);
  return head;
}

/** Collections of a body that are there, as members without content. */
function present(root: MapNode, names: ReadonlySet<string>): readonly PartField[] {
  return root.entries
    .filter(({ key }) => names.has(key.text))
    .map(({ key }) => ({
      name: { text: key.text, origin: key.origin },
      value: { kind: 'map', origin: key.origin, entries: [] },
    }));
}

/** Data with a value is fixed, without one it is asked for; a body says it by the section. */
function sectionOf(collection: string, node: SyntaxNode | undefined, form: Form): Section | undefined {
  if (collection === 'data_requirements') return 'data_requirements';
  if (collection !== 'data') return undefined;
  if (form === 'body') return 'data';
  return node?.kind === 'map' && node.entries.some(({ key }) => key.text === 'value') ? 'data' : 'data_requirements';
}
