// The steps of a scene that the command line names.
import { UsageError } from './command.ts';

interface NamedScene {
  readonly name: { readonly text: string };
  readonly steps: readonly { readonly text: string }[];
}

/** Undefined without a name. Throws a UsageError that lists the scenes there are. */
export function sceneSteps(scenes: readonly NamedScene[], name: string | undefined): readonly string[] | undefined {
  if (name === undefined) return undefined;
  const scene = scenes.find((each) => each.name.text === name);
  if (scene) return scene.steps.map(({ text }) => text);
  const known = scenes.map((each) => `"${each.name.text}"`).join(', ');
  throw new UsageError(`the workflow has no scene "${name}"; ${known ? `it has ${known}` : 'it has none'}`);
}
