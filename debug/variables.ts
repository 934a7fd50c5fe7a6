// What a debugger shows of a held run as trees that are opened piece by piece: what a step reads, parameters, data, and of each step its
// status, inputs, outputs and metrics. References of the protocol are valid until the run goes on.
import type { DebugProtocol } from '@vscode/debugprotocol';
import { briefly, shortened } from './printing.ts';
import { isContainer, partOf, valueOf, withPart } from './values.ts';

/** What can be set: a declared value, or a part of it. */
export interface Target {
  readonly section: 'parameters' | 'data';
  readonly name: string;
  /** The members that lead to the part; none for the whole value. */
  readonly path: readonly string[];
  /** The whole value as it is by then: it may have been set since the part was shown. */
  readonly now: () => Promise<unknown>;
}

export interface Node {
  readonly name: string;
  readonly text: string;
  /** Where it is a value: what is copied, and set in parts. */
  readonly value?: unknown;
  readonly type?: string;
  readonly evaluateName?: string;
  readonly target?: Target;
  readonly children?: () => readonly Node[] | Promise<readonly Node[]>;
  /** How many items it has, where it is a list. */
  readonly items?: number;
}

export interface Change {
  readonly section: 'parameters' | 'data';
  readonly name: string;
  /** The whole new value of it. */
  readonly value: unknown;
}

export type Shown = Pick<
  DebugProtocol.Variable,
  'value' | 'type' | 'variablesReference' | 'indexedVariables' | 'presentationHint'
>;

export interface Variables {
  scope(name: string, children: Node['children'] & {}, hint?: string): DebugProtocol.Scope;
  /** Throws where the reference is of an earlier stop. */
  children(asked: DebugProtocol.VariablesArguments): Promise<DebugProtocol.Variable[]>;
  /** What setting this variable means. Throws where it cannot be set. */
  change(reference: number, name: string, text: string): Promise<Change>;
  show(node: Node): Shown;
  clear(): void;
}

/** More members than this are shown in ranges. */
const rangeSize = 1_000;

/** `pages`: whether the client asks for the items of long lists page by page. */
export function createVariables(pages: () => boolean): Variables {
  const opened = new Map<number, Node['children'] & {}>();
  let last = 0;

  function reference(children: Node['children']): number {
    if (!children) return 0;
    opened.set(++last, children);
    return last;
  }

  function childrenOf(of: number): readonly Node[] | Promise<readonly Node[]> {
    const children = opened.get(of);
    if (!children) throw new Error('This variable is of an earlier stop of the run.');
    return children();
  }

  function show({ text, type, children, items, target }: Node): Shown {
    const inPages = items !== undefined && pages();
    return {
      value: text,
      variablesReference: reference(inPages || !children ? children : async () => inRanges(await children())),
      ...(type !== undefined && { type }),
      ...(inPages && { indexedVariables: items }),
      ...(!target && { presentationHint: { attributes: ['readOnly'] } }),
    };
  }

  return {
    scope: (name, children, hint) => ({
      name,
      variablesReference: reference(children),
      expensive: false,
      ...(hint && { presentationHint: hint }),
    }),

    async children({ variablesReference, start = 0, count = 0, filter }) {
      const all = await childrenOf(variablesReference);
      // Lists have items only, everything else has names only.
      if (filter === 'named' && all[0]?.name === '0') return [];
      const page = count > 0 ? all.slice(start, start + count) : all;
      return page.map((node) => ({
        name: node.name,
        ...show(node),
        ...(node.evaluateName !== undefined && { evaluateName: node.evaluateName }),
      }));
    },

    async change(of, name, text) {
      const node = (await childrenOf(of)).find((each) => each.name === name);
      if (!node) throw new Error(`There is no "${name}" here any more.`);
      return changeOf(node, text);
    },

    show,
    clear: () => opened.clear(),
  };
}

/** Throws where the node is a result. */
export async function changeOf({ name, target, text: shown }: Node, text: string): Promise<Change> {
  // The shown text with a few characters changed: it lacks the rest.
  if (shown.endsWith('…') && text.endsWith('…')) {
    throw new Error(`"${name}" is shown shortened: open it and set its parts, or give the whole value.`);
  }
  if (!target) throw new Error(`"${name}" is a result of a step; only parameters and data can be set.`);
  const { section, name: declared, path, now } = target;
  return { section, name: declared, value: path.length === 0 ? valueOf(text) : withPart(await now(), path, valueOf(text)) };
}

/** A value with its members. `path`: how it is written; undefined where it cannot be. `target`: where it can be set. */
export function valueNode(name: string, value: unknown, path: string | undefined, target?: Target): Node {
  const node = {
    name,
    text: briefly(value),
    ...(value !== undefined && { value, type: typeOf(value) }),
    ...(path !== undefined && { evaluateName: path }),
    ...(target && { target }),
  };
  if (!isContainer(value)) return node;
  const isList = Array.isArray(value);
  const children = async () => {
    const here = target ? partOf(await target.now(), target.path) : value;
    return Object.entries(here ?? {}).map(([key, item]) =>
      valueNode(
        key,
        item,
        path === undefined ? undefined : memberPath(path, key, isList),
        target && { ...target, path: [...target.path, key] },
      ),
    );
  };
  return { ...node, children, ...(isList && { items: value.length }) };
}

export function groupNode(name: string, nodes: readonly Node[], path: string): Node {
  const text = nodes.length === 0 ? 'none' : shortened(nodes.map((node) => node.name).join(', '));
  return { name, text, evaluateName: path, ...(nodes.length > 0 && { children: () => nodes }) };
}

function memberPath(path: string, key: string, isList: boolean): string {
  if (isList) return `${path}[${key}]`;
  return /^[\p{L}\p{M}_][\p{L}\p{M}\p{N}_-]*$/u.test(key) ? `${path}.${key}` : `${path}['${key.replaceAll("'", "''")}']`;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value === 'object' ? 'map' : typeof value;
}

/** `[0…999]`, `[1000…1999]`: each opens its part. */
function inRanges(nodes: readonly Node[]): readonly Node[] {
  if (nodes.length <= rangeSize) return nodes;
  const ranges: Node[] = [];
  for (let start = 0; start < nodes.length; start += rangeSize) {
    const part = nodes.slice(start, start + rangeSize);
    ranges.push({ name: `[${start}…${start + part.length - 1}]`, text: '', children: () => part });
  }
  return ranges;
}
