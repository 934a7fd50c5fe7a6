// What a client looks at in a run: the stack, scopes and variables, values that are set, expressions of the console, of hovers and watches.
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { StepState } from '../core/run/reduce.ts';
import type { Bases } from './breakpoints.ts';
import { isEndedRun } from '../core/run/status.ts';
import { completionsFor } from './completions.ts';
import type { FollowedRun } from './followed-run.ts';
import { pathOf } from './paths.ts';
import { briefly, wholly } from './printing.ts';
import type { Program } from './program.ts';
import { dataNodes, type Looked, nodeAt, parameterNodes, readNodes, stepNodes } from './scopes.ts';
import type { Reply, RequestHandler } from './serve.ts';
import { framesOf } from './stack.ts';
import { type Say, texts } from './texts.ts';
import { type Change, changeOf, createVariables, type Node, type Shown, valueNode } from './variables.ts';

export interface InspectionHost {
  /** Throws where there is no run yet. */
  run(): FollowedRun;
  program(): Promise<Program>;
  /** The step that the client stopped for. */
  top(): string | undefined;
  /** Values were changed: what the client shows is old. */
  changed(): void;
  readonly say: Say;
  /** How the client counts, and whether it asks for long lists in pages. */
  client(): { readonly bases: Bases; readonly pages: boolean };
}

export interface Inspection {
  readonly handlers: Readonly<Record<string, RequestHandler>>;
  /** As an expression of a log point. Rejects where it cannot be evaluated. */
  textOf(expression: string): Promise<string>;
  /** The run goes on: references that were given are of the past. */
  clear(): void;
}

export function createInspection(host: InspectionHost): Inspection {
  const variables = createVariables(() => host.client().pages);

  async function looked(): Promise<Looked> {
    const run = host.run();
    return { state: run.state(), program: await host.program(), read: run.evaluate };
  }

  function stepOf(frameId: number | undefined): StepState | undefined {
    return frameId === undefined ? undefined : host.run().state().steps[frameId - 1];
  }

  /** A name alone is what stands in the file under the mouse. */
  function qualified(expression: string, { program: { workflow }, state }: Looked): string {
    const bare = expression.trim();
    for (const section of ['parameters', 'data'] as const) {
      if (workflow[section].some(({ name }) => name.text === bare)) return pathOf(section, bare);
    }
    return state.steps.some(({ name }) => name === bare) ? pathOf('steps', bare) : bare;
  }

  /** What the language says it is worth, else what stands there in the trees. Rejects with what the language says. */
  async function evaluate(expression: string, now: Looked): Promise<Node> {
    const path = qualified(expression, now);
    const found = await nodeAt(now, path).catch(() => undefined);
    if (found?.target) return found;
    try {
      return valueNode(path, await now.read(path), path);
    } catch (error) {
      if (found) return found;
      throw error;
    }
  }

  async function set({ section, name, value }: Change): Promise<void> {
    const { status } = host.run().state();
    if (isEndedRun(status)) {
      throw new Error(
        `The run has ended (${status}): restart the step that is to run again. It is held before it starts, and values can be set then.`,
      );
    }
    const given = [{ name, value }];
    await host.run().setValues(section === 'parameters' ? { parameters: given } : { data_requirements: given });
    host.changed();
  }

  /** What the expression stands for is set; answers what it is then. */
  async function assign(expression: string, text: string): Promise<Node> {
    const before = await looked();
    const path = qualified(expression, before);
    const node = await nodeAt(before, path);
    if (node) await set(await changeOf(node, text));
    else await set(await newMember(path, text, before));
    return (await nodeAt(await looked(), path))!;
  }

  /** A member that its map does not have yet. */
  async function newMember(path: string, text: string, now: Looked): Promise<Change> {
    const [, above, member] = /^(.+)\.([^.[\]]+)$/u.exec(path) ?? [];
    const parent = above === undefined ? undefined : await nodeAt(now, above);
    const target = parent?.target;
    if (!target || member === undefined) throw new Error(`"${path}" is no parameter and no data of the run.`);
    return changeOf({ name: member, text: '', target: { ...target, path: [...target.path, member] } }, text);
  }

  const assignment = /^([^=]*[^=!<>\s])\s*=(?!=)\s*(.+)$/su;

  const shownResult = ({ value: result, ...rest }: Shown) => ({ result, ...rest });

  const handlers: Readonly<Record<string, RequestHandler>> = {
    async stackTrace({ startFrame = 0, levels = 0 }: DebugProtocol.StackTraceArguments): Promise<Reply> {
      const frames = framesOf(host.run().state(), await host.program(), host.client().bases, host.top());
      const end = levels > 0 ? startFrame + levels : undefined;
      return { body: { stackFrames: frames.slice(startFrame, end), totalFrames: frames.length } };
    },

    async scopes({ frameId }: DebugProtocol.ScopesArguments): Promise<Reply> {
      const name = stepOf(frameId)?.name;
      const own = async () => {
        const now = await looked();
        const step = now.state.steps.find((each) => each.name === name);
        return step ? readNodes(now, step) : [];
      };
      return {
        body: {
          scopes: [
            ...(name === undefined ? [] : [variables.scope(name, own, 'locals')]),
            variables.scope(host.say(texts.parameters), async () => parameterNodes(await looked()), 'arguments'),
            variables.scope(host.say(texts.data), async () => dataNodes(await looked())),
            variables.scope(host.say(texts.steps), async () => stepNodes(await looked())),
          ],
        },
      };
    },

    async variables(asked: DebugProtocol.VariablesArguments): Promise<Reply> {
      return { body: { variables: await variables.children(asked) } };
    },

    async setVariable({ variablesReference, name, value }: DebugProtocol.SetVariableArguments): Promise<Reply> {
      await set(await variables.change(variablesReference, name, value));
      const now = (await variables.children({ variablesReference })).find((each) => each.name === name)!;
      return { body: { ...now, name: undefined, evaluateName: undefined } };
    },

    async setExpression({ expression, value }: DebugProtocol.SetExpressionArguments): Promise<Reply> {
      return { body: variables.show(await assign(expression, value)) };
    },

    async evaluate({ expression, context }: DebugProtocol.EvaluateArguments): Promise<Reply> {
      const [, left, right] = (context === 'repl' && assignment.exec(expression.trim())) || [];
      if (left !== undefined) return { body: shownResult(variables.show(await assign(left, right!.trim()))) };
      const node = await evaluate(expression, await looked());
      if (context === 'clipboard') {
        return { body: { result: node.value === undefined ? node.text : wholly(node.value), variablesReference: 0 } };
      }
      return { body: shownResult(variables.show(node)) };
    },

    async completions({ text, column, line }: DebugProtocol.CompletionsArguments): Promise<Reply> {
      const { bases } = host.client();
      const lines = text.split('\n');
      const written = lines[Math.min((line ?? bases.line) - bases.line, lines.length - 1)] ?? '';
      return { body: { targets: await completionsFor(written, column - bases.column, bases.column, await looked()) } };
    },
  };

  return {
    handlers,
    async textOf(expression) {
      const { value, text } = await evaluate(expression, await looked());
      return typeof value === 'string' ? value : value === undefined ? text : briefly(value);
    },
    clear: variables.clear,
  };
}
