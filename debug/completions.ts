// Completion in the debug console: the parts of a reference, from the workflow's declarations and from what the run has written.
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { RunState } from '../core/run/reduce.ts';
import type { Program } from './program.ts';

/** `column`: characters before the cursor. */
export function completionsFor(text: string, column: number, state: RunState, program: Program): DebugProtocol.CompletionItem[] {
  const written = /[\p{L}\p{M}\p{N}_.-]*$/u.exec(text.slice(0, column))![0];
  const parts = written.split('.');
  const word = parts.pop()!;
  return candidates(parts, state, program)
    .filter(([label]) => label.startsWith(word))
    .map(([label, type, detail]) => ({
      label,
      type,
      start: column - word.length,
      length: word.length,
      ...(detail !== undefined && { detail }),
    }));
}

type Candidate = readonly [label: string, type: DebugProtocol.CompletionItemType, detail?: string];

function candidates(parts: readonly string[], state: RunState, { workflow }: Program): readonly Candidate[] {
  const [root, step, member, output] = parts;
  const names = (all: readonly { readonly name: { readonly text: string } }[]): Candidate[] =>
    all.map(({ name }) => [name.text, 'variable']);
  switch (parts.length) {
    case 0:
      return ['parameters', 'data', 'steps', 'storages'].map((each) => [each, 'module']);
    case 1:
      if (root === 'parameters') return names(workflow.parameters);
      if (root === 'data') return names(workflow.data);
      if (root === 'storages') return names(workflow.storages);
      return root === 'steps' ? state.steps.map(({ name, status }) => [name, 'module', status]) : [];
    case 2:
      return root === 'steps' ? [['outputs', 'property']] : [];
    case 3: {
      if (root !== 'steps' || member !== 'outputs') return [];
      const declared = workflow.steps.find(({ name }) => name.text === step)?.outputs ?? [];
      return declared.map(({ name }) => [name.text, 'property']);
    }
    case 4: {
      if (root !== 'steps' || member !== 'outputs') return [];
      const metrics = state.steps.find(({ name }) => name === step)?.metrics ?? [];
      return metrics.filter((each) => each.output === output).map(({ key, type }) => [key, 'value', type]);
    }
    default:
      return [];
  }
}
