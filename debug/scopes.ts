// The trees of a run: what stands under parameters, data and steps, and what one step reads.
import { type Declaration, textAt } from '../core/ir/workflow.ts';
import { isAskedFor } from '../core/plan/values.ts';
import type { NamedValue } from '../core/run/events.ts';
import { metricValue } from '../core/run/evaluate.ts';
import type { RunState, StepState } from '../core/run/reduce.ts';
import { parsePath, pathOf } from './paths.ts';
import type { Program } from './program.ts';
import { groupNode, type Node, type Target, valueNode } from './variables.ts';

export interface Looked {
  readonly state: RunState;
  readonly program: Program;
  /** What the engine says that an expression is worth; rejects where it is worth nothing. */
  readonly read: (expression: string) => Promise<unknown>;
}

export function parameterNodes({ state, program, read }: Looked): Promise<readonly Node[]> {
  return declared('parameters', program.workflow.parameters, state.values.parameters, read);
}

export function dataNodes({ state, program, read }: Looked): Promise<readonly Node[]> {
  return declared('data', program.workflow.data, state.values.data, read);
}

/** Steps that have not been reached have nothing to show. */
export function stepNodes({ state }: Looked): readonly Node[] {
  return state.steps.filter(({ attempt, status }) => attempt > 0 || status !== 'init').map(stepNode);
}

/** What the step reads in the words of its file, each with its value of now; and what it was given, once it has begun. */
export async function readNodes(looked: Looked, step: StepState): Promise<readonly Node[]> {
  const { program, read } = looked;
  const settable = [...(await parameterNodes(looked)), ...(await dataNodes(looked))];
  const reads = await Promise.all(
    program.readsOf(step.name).map(async (path): Promise<Node> => {
      const declaration = settable.find(({ evaluateName }) => evaluateName === path);
      if (declaration) return { ...declaration, name: path };
      try {
        return valueNode(path, await read(path), path);
      } catch (error) {
        return { name: path, text: error instanceof Error ? error.message : String(error), evaluateName: path };
      }
    }),
  );
  return [...reads, ...aboutStep(step)];
}

/** The node that a path of names leads to; undefined where it leads nowhere. */
export async function nodeAt(looked: Looked, path: string): Promise<Node | undefined> {
  const [root, ...names] = parsePath(path) ?? [];
  const roots: Readonly<Record<string, () => readonly Node[] | Promise<readonly Node[]>>> = {
    parameters: () => parameterNodes(looked),
    data: () => dataNodes(looked),
    steps: () => looked.state.steps.map(stepNode),
  };
  if (root === undefined || !Object.hasOwn(roots, root)) return undefined;
  let node: Node | undefined = groupNode(root, await roots[root]!(), root);
  for (const name of names) {
    const children: readonly Node[] = (await node.children?.()) ?? [];
    node = children.find((each) => each.name === name);
    if (!node) return undefined;
  }
  return node;
}

function declared(
  section: Target['section'],
  declarations: readonly Declaration[],
  values: readonly NamedValue[],
  read: Looked['read'],
): Promise<readonly Node[]> {
  return Promise.all(
    declarations.map(async (declaration): Promise<Node> => {
      const name = declaration.name.text;
      const path = pathOf(section, name);
      const given = values.find((each) => each.name === name)?.value;
      const isFixed = given === undefined && section === 'data' && !isAskedFor(declaration);
      const value = isFixed ? await read(path) : given;
      const type = textAt(declaration.fields, 'type') ?? (section === 'parameters' ? 'str' : 'obs');
      return { ...valueNode(name, value, path, { section, name, path: [], now: () => read(path) }), type };
    }),
  );
}

export function stepNode(step: StepState): Node {
  return {
    name: step.name,
    text: step.held ? `held (${step.held.reason})` : step.status,
    type: step.type,
    evaluateName: pathOf('steps', step.name),
    children: () => aboutStep(step),
  };
}

function aboutStep(step: StepState): readonly Node[] {
  const { name, status, attempt, reason, error, decision } = step;
  const path = (...names: readonly string[]) => pathOf('steps', name, ...names);
  const own = (member: string, value: unknown) => valueNode(member, value, path(member));
  const outputs = step.outputs.map((output) => valueNode(output.name, output.value, path('outputs', output.name)));
  const metrics = step.metrics.map((metric) =>
    valueNode(
      metric.key,
      metricValue(metric),
      metric.output === undefined ? path('metrics', metric.key) : path('outputs', metric.output, metric.key),
    ),
  );
  const inputs = step.inputs.map((input) => valueNode(input.name, input.value, path('inputs', input.name)));
  return [
    own('status', step.held ? 'held' : status),
    ...(attempt > 0 ? [own('attempt', attempt)] : []),
    ...(reason ? [own('reason', reason)] : []),
    ...(error ? [own('error', error.message)] : []),
    ...(step.exitCode === undefined ? [] : [own('exitCode', step.exitCode)]),
    ...(decision === undefined ? [] : [own('result', decision)]),
    ...(attempt > 0 ? [groupNode('inputs', inputs, path('inputs'))] : []),
    ...(attempt > 0 ? [groupNode('outputs', outputs, path('outputs'))] : []),
    ...(attempt > 0 ? [groupNode('metrics', metrics, path('metrics'))] : []),
  ];
}
