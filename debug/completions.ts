// Completion in the debug console: the parts of a path, from the workflow's declarations and from what the run has written.
import type { DebugProtocol } from '@vscode/debugprotocol';
import { plainName } from '../core/refs/scanner.ts';
import { parsePath, pathOf } from './paths.ts';
import { type Looked, nodeAt } from './scopes.ts';

/** `column`: characters before the cursor; `base`: 1 where the client counts columns from 1. */
export async function completionsFor(
  text: string,
  column: number,
  base: number,
  looked: Looked,
): Promise<DebugProtocol.CompletionItem[]> {
  const path = /(?:[\p{L}\p{M}\p{N}_.-]|\[[^\][]*\])*$/u.exec(text.slice(0, column))![0];
  const dot = path.lastIndexOf('.');
  const word = path.slice(dot + 1);
  const candidates = dot < 0 ? roots : await membersOf(path.slice(0, dot), looked);
  return candidates
    .filter(([name]) => name.startsWith(word))
    .map(([name, type, detail]) => {
      // `['my step']` takes the place of the dot, too.
      const isPlain = plainName.test(name);
      const length = word.length + (isPlain ? 0 : 1);
      return {
        label: name,
        type,
        start: column - length + base,
        length,
        ...(!isPlain && { text: pathOf('', name) }),
        ...(detail !== undefined && { detail }),
      };
    });
}

type Candidate = readonly [name: string, type: DebugProtocol.CompletionItemType, detail?: string | undefined];

const roots: readonly Candidate[] = ['parameters', 'data', 'steps', 'storages'].map((name) => [name, 'module']);

async function membersOf(path: string, looked: Looked): Promise<readonly Candidate[]> {
  const { state, program } = looked;
  const [root, step, member, output, ...deeper] = parsePath(path) ?? [];
  if (root === 'storages' && step === undefined) return program.workflow.storages.map(({ name }) => [name.text, 'variable']);
  if (root === 'steps' && step === undefined) return state.steps.map(({ name, status }) => [name, 'module', status]);
  if (root === 'steps' && member === 'outputs' && output === undefined) {
    const declared = program.workflow.steps.find(({ name }) => name.text === step)?.outputs ?? [];
    return declared.map(({ name }) => [name.text, 'property']);
  }
  const node = await nodeAt(looked, path);
  const children = ((await node?.children?.()) ?? []).map(({ name, type }): Candidate => [name, 'property', type]);
  if (root === 'steps' && member === undefined) return unique([['outputs', 'property'], ...children]);
  if (root === 'steps' && member === 'outputs' && deeper.length === 0) {
    const metrics = state.steps.find(({ name }) => name === step)?.metrics ?? [];
    return unique([
      ...metrics.filter((each) => each.output === output).map(({ key, type }): Candidate => [key, 'value', type]),
      ...children,
    ]);
  }
  return children;
}

function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(candidates.toReversed().map((each) => [each[0], each])).values()].toReversed();
}
