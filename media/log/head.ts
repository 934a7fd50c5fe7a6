// The bar over the lines: which step, how it is doing, how long its log is; find, times, follow, save, stop.
import { elapsed, formatDuration } from '../../core/views/duration.ts';
import type { LogStep } from '../../core/views/log-steps.ts';
import { filled } from '../../core/views/texts.ts';
import { createButton } from '../button.ts';
import { html, setAttributes, setText } from '../dom.ts';
import { statusIcon } from '../icons.ts';

type Texts = Readonly<Record<string, string>>;

export interface HeadActions {
  find(): void;
  times(): void;
  follow(): void;
  save(): void;
  stop(): void;
}

export interface HeadState {
  readonly step: LogStep;
  readonly lines: number | undefined;
  readonly following: boolean;
  readonly times: boolean;
  readonly canStop: boolean;
  readonly stopping: boolean;
}

export interface Head {
  readonly element: HTMLElement;
  show(state: HeadState, texts: Texts, now: number): void;
  tick(now: number): void;
}

export function createHead(actions: HeadActions): Head {
  const mark = html('span', { class: 'head-mark' });
  const title = html('span', { class: 'head-title' });
  const status = html('span', { class: 'head-status' });
  const size = html('span', { class: 'head-size' });
  const find = createButton('search', actions.find);
  const times = createButton('times', actions.times);
  const follow = createButton('follow', actions.follow);
  const save = createButton('save', actions.save);
  const stop = createButton('stop', actions.stop, { kind: 'danger-icon' });
  const element = html(
    'div',
    { class: 'head' },
    mark,
    title,
    status,
    size,
    html('div', { class: 'head-tools', role: 'toolbar' }, ...[find, times, follow, save, stop].map((button) => button.element)),
  );
  let shown: { readonly state: HeadState; readonly texts: Texts } | undefined;
  let tone = '';

  const tick = (now: number) => {
    if (!shown) return;
    const text = statusLine(shown.state.step, shown.texts, now);
    setText(status, text);
    setAttributes(status, { title: text });
  };
  return {
    element,
    tick,
    show(state, texts, now) {
      shown = { state, texts };
      const { step } = state;
      if (tone !== step.tone) {
        tone = step.tone;
        mark.replaceChildren(statusIcon(step.tone));
      }
      setAttributes(element, { class: `head tone-${step.tone}` });
      setText(title, step.title);
      title.title = step.title;
      setText(size, state.lines === undefined ? '' : filled(texts['log.lines'] ?? '', grouped(state.lines)));
      find.name(texts['log.search'] ?? '', 'Ctrl+F');
      times.name(texts['log.times'] ?? '');
      times.press(state.times);
      follow.name(texts['log.follow'] ?? '', 'End');
      follow.press(state.following);
      save.name(texts['log.save'] ?? '');
      save.enable((state.lines ?? 0) > 0);
      stop.name(texts['log.stop'] ?? '');
      stop.show(state.canStop);
      stop.enable(!state.stopping);
      tick(now);
    },
  };
}

/** `1,234,567`: the same in both languages. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function statusLine(step: LogStep, texts: Texts, now: number): string {
  const status = texts[`status.${step.status}`] ?? step.status;
  const time = step.tone === 'skipped' ? undefined : elapsed(step.startedAt, step.endedAt, now);
  const attempt = step.attempt > 1 ? ` · ${filled(texts['log.attempt'] ?? '', step.attempt)}` : '';
  if (time === undefined) return `${status}${attempt}`;
  const spent = formatDuration(time);
  if (!step.ended) return `${status} · ${spent}${attempt}`;
  if (step.signal !== undefined) return filled(texts['log.signal'] ?? '', step.signal, spent) + attempt;
  if (step.exitCode !== undefined) return filled(texts['log.ended'] ?? '', step.exitCode, spent) + attempt;
  return filled(texts['log.endedNoCode'] ?? '', status, spent) + attempt;
}
