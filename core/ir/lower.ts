// Tree -> workflow (IR) and findings, for both forms of a document. Total: what cannot be read is absent, not guessed.
// Collections are read entry by entry; an entry whose objects of the tree are the same as last time is not read again.
import { workflowShape } from '../generated/shapes.ts';
import type { Member, NamedShape, ObjectShape } from '../schema/descriptor.ts';
import type { MapEntry, MapNode, SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
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

interface Entry {
  /** What it was read as: the same text below another key is something else. */
  readonly collection: Collection;
  readonly field: PartField;
  readonly section: Section | undefined;
  readonly findings: readonly Diagnostic[];
  readonly inline: readonly InlineParameter[];
}

export function createLowering(form: Form): Lowering {
  let known = new WeakMap<MapEntry | SyntaxNode, Entry>();
  /** IR of an entry: made once. */
  const made = new WeakMap<Entry, Declaration | Step | Scene>();

  function entryAt(collection: Collection, named: NamedNode): Entry {
    const before = known.get(named.key);
    if (before?.collection === collection) return before;
    const findings: Diagnostic[] = [];
    const inline: InlineParameter[] = [];
    const entryShape = collection.shape.entry;
    const section = sectionOf(collection.name, named.node, form);
    let field: PartField;
    if (form === 'file') {
      const value = readEntry({ findings, inline, section }, named, entryShape);
      field = { name: named.name, value, origin: named.origin };
    } else {
      field = readBodyEntry({ findings, section }, named, entryShape);
    }
    checkPart({ form, findings, section }, field.value, entryShape, named.at);
    const entry: Entry = { collection, field, section, findings, inline };
    known.set(named.key, entry);
    return entry;
  }

  function irOf<T extends Declaration | Step | Scene>(entry: Entry, make: (entry: Entry) => T): T {
    let ir = made.get(entry) as T | undefined;
    if (!ir) made.set(entry, (ir = make(entry)));
    return ir;
  }

  return {
    lower(tree) {
      const findings: Diagnostic[] = [];
      const root = tree?.kind === 'map' ? tree : undefined;
      const at = tree ? startOf(tree.origin) : nowhere;
      if (tree && !root) checkPart({ form, findings }, readPart({ findings, inline: [] }, tree, header, at), header, at);
      const taker = root && new Taker(root);
      const entries = new Map<string, readonly Entry[]>();
      const meant = root && form === 'file' ? misspelt(root, workflowShape) : noneMeant;
      /** Collections that could not be read. */
      const unread: Field[] = [];
      const next = new WeakMap<MapEntry | SyntaxNode, Entry>();
      for (const collection of collections) {
        const nodes = root ? nodesOf(collection, root, taker!, meant, form, findings) : [];
        if (!('map' in nodes)) unread.push(nodes);
        const read = ('map' in nodes ? nodes : []).map((named) => {
          const entry = entryAt(collection, named);
          next.set(named.key, entry);
          for (const finding of entry.findings) findings.push(finding);
          return entry;
        });
        entries.set(collection.name, read);
      }
      known = next;
      const head = root ? readHeader(root, taker!, meant, form, findings, at) : undefined;
      const all = (name: string) => entries.get(name) ?? [];
      const name = head && partOf(head, 'name');
      const declared = (kind: Declaration['kind'], list: readonly Entry[]) =>
        list.map((entry) => irOf(entry, ({ field, section }) => toDeclaration(kind, field, section, form)));
      const fields = valuesOf(head ?? { kind: 'map', origin: at, entries: [] }, headless);
      const workflow: Workflow = {
        kind: 'workflow',
        origin: root?.origin ?? at,
        name: name?.kind === 'scalar' && typeof name.value === 'string' ? { text: name.text, origin: name.origin } : undefined,
        fields: unread.length > 0 ? { ...fields, entries: [...fields.entries, ...unread] } : fields,
        storages: declared('storage', all('storages')),
        parameters: [...declared('parameter', all('parameters')), ...inlineOf([...entries.values()].flat())],
        data: [...declared('data', all('data')), ...declared('data', all('data_requirements'))],
        steps: all('steps').map((entry) => irOf(entry, ({ field }) => toStep(field, form))),
        scenes: all('scenes').map((entry) => irOf(entry, ({ field }) => toScene(field))),
        subGraphs: all('sub_graphs').map((entry) => irOf(entry, ({ field }) => toScene(field))),
      };
      return { workflow, findings };
    },
  };
}

const nowhere: Origin = { anchor: { offset: 0 }, from: 0, to: 0 };
const headless: ReadonlySet<string> = new Set(['name', ...collections.map(({ name }) => name)]);
const noMap: Omit<MapNode, 'origin'> = { kind: 'map', flow: true, entries: [] };

/** The entries of a collection; one that is no collection is told, and is what it is. */
function nodesOf(
  collection: Collection,
  root: MapNode,
  taker: Taker,
  meant: Meant,
  form: Form,
  findings: Diagnostic[],
): readonly NamedNode[] | Field {
  const wire = collection.wire === false ? undefined : (collection.wire ?? [collection.name]);
  const found = form === 'body' && wire ? taker.find(wire) : undefined;
  const entry = found?.entry ?? (form === 'file' ? entryOf(root, collection.name, meant) : undefined);
  const value = entry?.value;
  if (!entry || !value || (form === 'body' && value.kind === 'scalar' && value.style === 'plain' && value.text === 'null')) {
    return [];
  }
  const nodes = form === 'file' || value.kind === 'seq' ? namedNodes(value, form) : undefined;
  if (nodes) {
    found?.take();
    return nodes;
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

function inlineOf(entries: readonly Entry[]): readonly Declaration[] {
  return entries.flatMap(({ inline }) =>
    inline.map(
      ({ name, origin, fields }): Declaration => ({
        kind: 'parameter',
        name,
        origin,
        fields: asDeclared(valuesOf(fields)),
        inline: true,
      }),
    ),
  );
}
