// What a debugger shows of a held run: parameters, data, and of each step its status, outputs and metrics, as trees that are opened
// piece by piece. References of the protocol are valid until the run goes on.
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Declaration, textAt } from '../core/ir/workflow.ts';
import { isAskedFor } from '../core/plan/values.ts';
import type { NamedValue } from '../core/run/events.ts';
import { metricValue } from '../core/run/evaluate.ts';
import type { RunState, StepState } from '../core/run/reduce.ts';
import { pathOf } from './paths.ts';
import type { Program } from './program.ts';

/** What `setVariable` changes: a declared value as a whole. */
export interface Target {
  readonly section: 'parameters' | 'data';
  readonly name: string;
}

/** A part of a declared value. */
interface Within {
  readonly target: Target;
  /** The whole value as it is by then: it may have been set since the part was shown. */
  readonly now: () => Promise<unknown>;
  readonly path: readonly string[];
}

interface Container {
  readonly children: () => readonly Node[] | Promise<readonly Node[]>;
  /** The declared value that a child is part of, and the members that lead to it. */
  readonly within?: Within;
}

interface Node {
  readonly name: string;
  readonly text: string;
  readonly type?: string;
  readonly evaluateName?: string;
  readonly readOnly?: boolean;
  readonly target?: Target;
  readonly container?: Container;
}

export interface Change {
  readonly target: Target;
  /** The whole new value of it. */
  readonly value: unknown;
}

export interface Variables {
  /** `state`: asked for whenever a scope is opened. */
  scopes(state: () => RunState, program: Program): DebugProtocol.Scope[];
  /** Throws where the reference is of an earlier stop. */
  children(reference: number): Promise<DebugProtocol.Variable[]>;
  /** What setting this variable means. Throws where it cannot be set. */
  change(reference: number, name: string, text: string): Promise<Change>;
  /** For results of expressions. */
  show(value: unknown): Pick<DebugProtocol.Variable, 'value' | 'type' | 'variablesReference'>;
  clear(): void;
}

/** `read`: the value of a declared datum that the run was not given; undefined where it has none. */
export function createVariables(read: (expression: string) => Promise<unknown>): Variables {
  const containers = new Map<number, Container>();
  let last = 0;

  function hold(container: Container | undefined): number {
    if (!container) return 0;
    containers.set(++last, container);
    return last;
  }

  function at(reference: number): Container {
    const container = containers.get(reference);
    if (!container) throw new Error('This variable is of an earlier stop of the run.');
    return container;
  }

  function toVariable({ name, text, type, evaluateName, readOnly, container }: Node): DebugProtocol.Variable {
    return {
      name,
      value: text,
      variablesReference: hold(container),
      ...(type !== undefined && { type }),
      ...(evaluateName !== undefined && { evaluateName }),
      ...(readOnly && { presentationHint: { attributes: ['readOnly'] } }),
    };
  }

  const declared = (section: Target['section'], declarations: readonly Declaration[], values: readonly NamedValue[]) =>
    Promise.all(
      declarations.map(async (declaration): Promise<Node> => {
        const name = declaration.name.text;
        const evaluateName = pathOf(section, name);
        const given = values.find((each) => each.name === name)?.value;
        const fixed = given === undefined && section === 'data' && !isAskedFor(declaration);
        const value = fixed ? await read(evaluateName) : given;
        const type = textAt(declaration.fields, 'type') ?? (section === 'parameters' ? 'str' : 'obs');
        const target: Target = { section, name };
        return { ...nodeOf(name, value, { target, now: () => read(evaluateName), path: [] }), type, evaluateName, target };
      }),
    );

  return {
    scopes(state, { workflow }) {
      const scope = (name: string, children: Container['children'], hint?: string): DebugProtocol.Scope => ({
        name,
        variablesReference: hold({ children }),
        expensive: false,
        ...(hint && { presentationHint: hint }),
      });
      return [
        scope('Parameters', () => declared('parameters', workflow.parameters, state().values.parameters), 'arguments'),
        scope('Data', () => declared('data', workflow.data, state().values.data)),
        scope('Steps', () =>
          state()
            .steps.filter(({ attempt, status }) => attempt > 0 || status !== 'init')
            .map(stepNode),
        ),
      ];
    },

    children: async (reference) => (await at(reference).children()).map(toVariable),

    async change(reference, name, text) {
      const { children, within } = at(reference);
      const node = (await children()).find((each) => each.name === name);
      if (node?.target) return { target: node.target, value: valueOf(text) };
      if (!within) throw new Error(`"${name}" is a result of a step; only parameters and data can be set.`);
      return { target: within.target, value: replaced(await within.now(), [...within.path, name], valueOf(text)) };
    },

    show(value) {
      const { text, type, container } = nodeOf('', value);
      return { value: text, variablesReference: hold(container), ...(type !== undefined && { type }) };
    },

    clear: () => containers.clear(),
  };
}

/** JSON where it is JSON, else the text itself. */
export function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function stepNode(step: StepState): Node {
  const { name, status, attempt, reason, error, decision } = step;
  const outputs = () =>
    step.outputs.map((output) => result(output.name, output.value, pathOf('steps', name, 'outputs', output.name)));
  const metrics = () =>
    step.metrics.map((metric) =>
      result(
        metric.key,
        metricValue(metric),
        metric.output === undefined ? undefined : pathOf('steps', name, 'outputs', metric.output, metric.key),
      ),
    );
  const children = (): readonly Node[] => [
    leaf('status', status),
    ...(attempt > 0 ? [leaf('attempt', attempt)] : []),
    ...(reason ? [leaf('reason', reason)] : []),
    ...(error ? [leaf('error', error.message)] : []),
    ...(decision === undefined ? [] : [leaf('result', decision)]),
    group('outputs', outputs()),
    group('metrics', metrics()),
  ];
  return { name, text: status, type: step.type, readOnly: true, container: { children } };
}

function result(name: string, value: unknown, evaluateName: string | undefined): Node {
  return { ...nodeOf(name, value), readOnly: true, ...(evaluateName !== undefined && { evaluateName }) };
}

function leaf(name: string, value: unknown): Node {
  return { ...nodeOf(name, value), readOnly: true };
}

function group(name: string, nodes: readonly Node[]): Node {
  const text = nodes.length === 0 ? 'none' : nodes.map((node) => node.name).join(', ');
  return { name, text, readOnly: true, ...(nodes.length > 0 && { container: { children: () => nodes } }) };
}

function nodeOf(name: string, value: unknown, within?: Within): Node {
  if (typeof value !== 'object' || value === null) {
    return {
      name,
      text: value === undefined ? 'no value' : JSON.stringify(value),
      ...(value !== undefined && { type: typeof value }),
    };
  }
  const children = async () => {
    const here = within ? partOf(await within.now(), within.path) : value;
    return Object.entries(here ?? {}).map(([key, item]) =>
      nodeOf(key, item, within && { ...within, path: [...within.path, key] }),
    );
  };
  return {
    name,
    text: JSON.stringify(value),
    type: Array.isArray(value) ? 'list' : 'map',
    container: { children, ...(within && { within }) },
  };
}

function partOf(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], value);
}

function replaced(value: unknown, [first, ...rest]: readonly string[], by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === first ? replaced(item, rest, by) : item));
  const map = value as Readonly<Record<string, unknown>>;
  return { ...map, [first]: replaced(map[first], rest, by) };
}
