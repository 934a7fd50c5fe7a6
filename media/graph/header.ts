// The bar above the graph: name of the workflow, how its run is doing, run and stop, tools of the picture.
import type { Direction } from '../../core/graph/layout.ts';
import { elapsed, formatDuration } from '../../core/views/duration.ts';
import { countTones, type GraphView } from '../../core/views/graph-view.ts';
import { filled } from '../../core/views/texts.ts';
import type { Tone } from '../../core/views/tone.ts';
import { createButton } from '../button.ts';
import { html, setAttributes, setText } from '../dom.ts';
import { statusIcon } from '../icons.ts';

type Texts = Readonly<Record<string, string>>;

export interface HeaderActions {
  run(): void;
  stop(): void;
  search(): void;
  turn(): void;
  arrange(): void;
  export(): void;
  legend(): void;
}

export interface Header {
  readonly element: HTMLElement;
  readonly legendButton: HTMLElement;
  show(title: string, view: GraphView | undefined, direction: Direction, texts: Texts, now: number): void;
  /** Time went by. */
  tick(now: number): void;
}

export function createHeader(actions: HeaderActions): Header {
  const title = html('h1', { class: 'title' });
  const state = html('div', { class: 'run-state' });
  const progress = html('div', { class: 'progress', 'aria-hidden': 'true' });
  const run = createButton('run', actions.run, { word: true, kind: 'primary' });
  const stop = createButton('stop', actions.stop, { word: true, kind: 'danger' });
  const search = createButton('search', actions.search);
  const turn = createButton('down', actions.turn);
  const arrange = createButton('arrange', actions.arrange);
  const save = createButton('export', actions.export);
  const legend = createButton('legend', actions.legend);
  const tools = [search, turn, arrange, save, legend];
  const element = html(
    'header',
    { class: 'header' },
    title,
    state,
    html('div', { class: 'tools', role: 'toolbar' }, ...tools.map((tool) => tool.element)),
    html('div', { class: 'run-buttons' }, stop.element, run.element),
    progress,
  );
  let shown: { readonly view: GraphView | undefined; readonly texts: Texts } | undefined;
  let mark = '';

  const showState = (now: number) => {
    const summary = shown?.view?.run;
    state.hidden = !summary;
    if (!summary || !shown) return;
    const { texts } = shown;
    if (mark !== summary.tone || state.childElementCount === 0) {
      mark = summary.tone;
      setAttributes(state, { class: `run-state tone-${summary.tone}` });
      state.replaceChildren(
        statusIcon(summary.tone),
        html('span', { class: 'run-status' }),
        html('span', { class: 'run-numbers' }),
      );
    }
    const stopping = summary.stopRequested && summary.endedAt === undefined;
    const status = stopping ? texts['status.stopping'] : texts[`run.${summary.status}`];
    setText(state.children[1]!, status ?? summary.status);
    const time = elapsed(summary.startedAt, summary.endedAt, now);
    setText(
      state.children[2]!,
      [`${summary.ended}/${summary.total}`, ...(time === undefined ? [] : [formatDuration(time)])].join(' · '),
    );
    setAttributes(state, { title: filled(texts['graph.summary'] ?? '', summary.ended, summary.total) });
  };

  return {
    element,
    legendButton: legend.element,
    show(name, view, direction, texts, now) {
      shown = { view, texts };
      setText(title, name);
      title.title = name;
      const summary = view?.run;
      const running = summary !== undefined && summary.endedAt === undefined && summary.tone !== 'idle';
      run.name(texts['action.run'] ?? '');
      run.show(view !== undefined && !running);
      stop.name(texts['action.stop'] ?? '');
      stop.show(running);
      stop.enable(!summary?.stopRequested);
      search.name(texts['action.search'] ?? '', '/');
      turn.icon(direction === 'right' ? 'down' : 'right');
      turn.name(texts[direction === 'right' ? 'action.down' : 'action.right'] ?? '');
      arrange.name(texts['action.arrange'] ?? '');
      save.name(texts['action.export'] ?? '');
      legend.name(texts['action.legend'] ?? '', '?');
      for (const tool of [search, turn, arrange, save]) tool.enable(view !== undefined);
      showState(now);
      showProgress(progress, view);
    },
    tick: showState,
  };
}

/** Order of the pieces: what is over first. */
const order: readonly Tone[] = ['done', 'skipped', 'failed', 'stopped', 'active', 'waiting', 'queued', 'idle'];

function showProgress(progress: HTMLElement, view: GraphView | undefined): void {
  const counts = view?.run ? countTones(view) : new Map<Tone, number>();
  if (progress.childElementCount === 0) {
    for (const tone of order) progress.append(html('div', { class: `piece tone-${tone}` }));
  }
  progress.hidden = counts.size === 0;
  for (const [index, tone] of order.entries()) {
    (progress.children[index] as HTMLElement).style.flexGrow = String(counts.get(tone) ?? 0);
  }
}
