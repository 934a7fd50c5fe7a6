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
import { type MapPart, type PartField, partOf, valuesOf } from './part.ts';
import { listInBody } from './findings.ts';
import { verbatim } from './literal.ts';
import { misspelt } from './misspelt.ts';
import { readBodyEntry, readBodyObject } from './read-body.ts';
import { type InlineParameter, type NamedNode, namedNodes, readEntry, readObject, readPart, startOf } from './read-file.ts';
import { Taker } from './taker.ts';
import type { Declaration, Field, Scene, Step, Workflow } from './workflow.ts';

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
  keys: readonly unknown[] = [];
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

  inline(): readonly Declaration[] {
    return this.declaring.size === 0 ? [] : this.entries.flatMap((entry) => entry.inline);
  }
}

export function createLowering(form: Form): Lowering {
  const known = new Map(collections.map(({ name }) => [name, new Collected()]));

  function entryAt({ name, shape }: Collection, named: NamedNode): Entry {
    const findings: Diagnostic[] = [];
    const inline: InlineParameter[] = [];
    const section = sectionOf(name, named.node, form);
    let field: PartField;
    if (form === 'file') {
      const value = readEntry({ findings, inline, section }, named, shape.entry);
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
    const keys = keysOf(value);
    const difference = differenceOf(collected.keys, keys);
    const named = value && namedNodes(between(value, difference), form);
    collected.exchange(keys, difference, named?.map((each) => entryAt(collection, each)) ?? []);
    return collected;
  }

  return {
    lower(tree) {
      const findings: Diagnostic[] = [];
      const root = tree?.kind === 'map' ? tree : undefined;
      const at = tree ? startOf(tree.origin) : nowhere;
      if (tree && !root) checkPart({ form, findings }, readPart({ findings, inline: [] }, tree, header, at), header, at);
      const taker = root && new Taker(root);
      const meant = root && form === 'file' ? misspelt(root, workflowShape) : noneMeant;
      /** Collections that could not be read. */
      const unread: Field[] = [];
      for (const collection of collections) {
        const value = root && collectionIn(collection, root, taker!, meant, form, findings);
        if (value && 'name' in value) unread.push(value);
        const { faulty } = collect(collection, value && 'name' in value ? undefined : value);
        for (const entry of faulty) for (const finding of entry.findings) findings.push(finding);
      }
      const head = root ? readHeader(root, taker!, meant, form, findings, at) : undefined;
      const name = head && partOf(head, 'name');
      const fields = valuesOf(head ?? { kind: 'map', origin: at, entries: [] }, headless);
      const inline = [...known.values()].flatMap((collected) => collected.inline());
      const all = <T extends Node>(collection: string) => known.get(collection)!.nodes as readonly T[];
      const workflow: Workflow = {
        kind: 'workflow',
        origin: root?.origin ?? at,
        name: name?.kind === 'scalar' && typeof name.value === 'string' ? { text: name.text, origin: name.origin } : undefined,
        fields: unread.length > 0 ? { ...fields, entries: [...fields.entries, ...unread] } : fields,
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

/** What stands for the entries of a collection. An item without text is another one each time, since nothing of it can be kept. */
function keysOf(collection: SyntaxNode | undefined): Collected['keys'] {
  if (collection?.kind === 'map') return collection.entries;
  if (collection?.kind !== 'seq') return [];
  return collection.items.includes(undefined) ? collection.items.map((item) => item ?? {}) : collection.items;
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

/** The node that holds a collection; what is none is told, and is what it is. */
function collectionIn(
  collection: Collection,
  root: MapNode,
  taker: Taker,
  meant: Meant,
  form: Form,
  findings: Diagnostic[],
): SyntaxNode | Field | undefined {
  const wire = collection.wire === false ? undefined : (collection.wire ?? [collection.name]);
  const found = form === 'body' && wire ? taker.find(wire) : undefined;
  const entry = found?.entry ?? (form === 'file' ? entryOf(root, collection.name, meant) : undefined);
  const value = entry?.value;
  if (!entry || !value || (form === 'body' && value.kind === 'scalar' && value.style === 'plain' && value.text === 'null')) {
    return undefined;
  }
  if (value.kind === 'seq' || (form === 'file' && value.kind === 'map')) {
    found?.take();
    return value;
  }
  const at = entry.key.origin;
  if (form === 'body' && value.kind === 'map') findings.push(listInBody(at));
  else {
    checkPart({ form, findings }, readPart({ findings, inline: [] }, value, collection.shape, at), collection.shape, at);
  }
  return { name: { text: collection.name, origin: at }, value: verbatim(value, at) };
}

type Meant = ReturnType<typeof misspelt>;
const noneMeant: Meant = new Map();

function entryOf(root: MapNode, name: string, meant: Meant): MapEntry | undefined {
  return root.entries.findLast((entry) => entry.key.text === name || meant.get(entry)?.name === name);
}

function readHeader(root: MapNode, taker: Taker, meant: Meant, form: Form, findings: Diagnostic[], at: Origin): MapPart {
  const names = new Set(collections.map(({ name }) => name));
  const checking: Checking = { form, findings };
  if (form === 'file') {
    const entries = root.entries.map((entry) =>
      names.has(meant.get(entry)?.name ?? entry.key.text) && entry.value
        ? { ...entry, value: { ...noMap, origin: entry.key.origin } as MapNode }
        : entry,
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
