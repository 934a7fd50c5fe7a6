// Code lenses: run the workflow and show its graph, run from a step, run a scene. The client handles the commands.
import type { CodeLens } from 'vscode-languageserver';
import { lensCommands, type LensTarget } from '../../core/protocol/lsp.ts';
import type { Localized } from '../../core/text/diagnostic.ts';
import type { Name } from '../../core/ir/workflow.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';
import { type Context, rangeOf, say } from '../feature.ts';

const titles = {
  run: { en: 'Run', zh: '运行' },
  debug: { en: 'Debug', zh: '调试' },
  showGraph: { en: 'Show Graph', zh: '显示流程图' },
  runFrom: { en: 'Run from Here', zh: '从此步骤运行' },
  runScene: { en: 'Run Scene', zh: '运行场景' },
  debugScene: { en: 'Debug Scene', zh: '调试场景' },
} as const satisfies Record<string, Localized>;

export function lenses(context: Context): CodeLens[] {
  const { uri, analysis, client } = context;
  const { workflow, bound } = analysis;
  const top = topOf(context);
  if (!client.commands.lenses || !top || workflow.steps.length === 0) return [];
  const lens = (origin: Origin, title: Localized, command: string, target: LensTarget): CodeLens => ({
    range: rangeOf(context, origin),
    command: { title: say(context, title), command, arguments: [target] },
  });
  const shared = sharedPlaces(context);
  const runFrom = ({ text, origin }: Name): Localized =>
    shared.has(spanOf(origin).start) ? { en: `Run from ${text}`, zh: `从 ${text} 运行` } : titles.runFrom;
  return [
    lens(top, titles.run, lensCommands.run, { uri }),
    lens(top, titles.debug, lensCommands.debug, { uri }),
    lens(top, titles.showGraph, lensCommands.showGraph, { uri }),
    ...[...bound.steps.values()].map(({ step: { name } }) =>
      lens(name.origin, runFrom(name), lensCommands.runFrom, { uri, step: name.text }),
    ),
    ...workflow.scenes.flatMap(({ name }) => [
      lens(name.origin, titles.runScene, lensCommands.run, { uri, scene: name.text }),
      lens(name.origin, titles.debugScene, lensCommands.debug, { uri, scene: name.text }),
    ]),
  ];
}

/** Where steps stand that share their place: the call of a program that makes several. */
function sharedPlaces({ analysis: { bound } }: Context): ReadonlySet<number> {
  const seen = new Set<number>();
  const starts = [...bound.steps.values()].map(({ step }) => spanOf(step.name.origin).start);
  return new Set(starts.filter((start) => seen.has(start) || !seen.add(start)));
}

/** The workflow's own line: that of its name, else the first key; in a program that of the call. */
function topOf({ analysis: { parsed, isProgram } }: Context): Origin | undefined {
  if (parsed.tree?.kind !== 'map') return undefined;
  if (isProgram) return parsed.tree.origin;
  const { entries } = parsed.tree;
  return (entries.find(({ key }) => key.text === 'name') ?? entries[0])?.key.origin;
}
