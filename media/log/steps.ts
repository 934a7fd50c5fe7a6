// The steps of the run as tabs: status, title, how long; the one whose log is shown is marked.
import { elapsed, formatDuration } from '../../core/views/duration.ts';
import type { LogStep } from '../../core/views/log-steps.ts';
import { html, setAttributes, setText } from '../dom.ts';
import { statusIcon } from '../icons.ts';

type Texts = Readonly<Record<string, string>>;

export interface Steps {
  readonly element: HTMLElement;
  show(steps: readonly LogStep[], shown: string | undefined, texts: Texts, now: number): void;
  tick(now: number): void;
}

interface Tab {
  readonly element: HTMLButtonElement;
  readonly time: HTMLElement;
  tone: string;
  step: LogStep;
}

export function createSteps(pick: (step: string) => void): Steps {
  const element = html('div', { class: 'steps', role: 'tablist', 'aria-orientation': 'vertical' });
  const tabs = new Map<string, Tab>();
  let inView: string | undefined;

  const timeOf = (step: LogStep, now: number) => {
    const time = step.tone === 'skipped' ? undefined : elapsed(step.startedAt, step.endedAt, now);
    return time === undefined ? '' : formatDuration(time);
  };
  element.addEventListener('click', (event) => {
    const name = (event.target as Element).closest('.tab')?.getAttribute('data-step');
    if (name) pick(name);
  });
  element.addEventListener('keydown', (event) => {
    const all = [...tabs.keys()];
    const at = all.indexOf((document.activeElement as HTMLElement).getAttribute('data-step') ?? '');
    const to = {
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    const name = to === undefined ? undefined : all[to];
    if (name === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    pick(name);
    tabs.get(name)!.element.focus();
  });

  return {
    element,
    show(steps, shown, texts, now) {
      setAttributes(element, { 'aria-label': texts['log.steps'] });
      const gone = new Set(tabs.keys());
      let before: Element | null = null;
      for (const step of steps) {
        gone.delete(step.name);
        let tab = tabs.get(step.name);
        if (!tab) {
          const time = html('span', { class: 'tab-time' });
          const button = html(
            'button',
            { type: 'button', role: 'tab', class: 'tab', 'data-step': step.name },
            statusIcon(step.tone),
            html('span', { class: 'tab-title' }),
            time,
          );
          tab = { element: button, time, tone: step.tone, step };
          tabs.set(step.name, tab);
        }
        if (tab.tone !== step.tone) {
          tab.element.firstElementChild!.replaceWith(statusIcon(step.tone));
          tab.tone = step.tone;
        }
        tab.step = step;
        const isShown = step.name === shown;
        const status = texts[`status.${step.status}`] ?? step.status;
        setText(tab.element.children[1]!, step.title);
        setText(tab.time, timeOf(step, now));
        setAttributes(tab.element, {
          class: `tab tone-${step.tone}`,
          'aria-selected': String(isShown),
          tabindex: isShown ? 0 : -1,
          title: `${step.title} · ${status}`,
          'aria-label': `${step.title}, ${status}`,
        });
        const place: Element | null = before ? before.nextElementSibling : element.firstElementChild;
        if (place !== tab.element) element.insertBefore(tab.element, place);
        before = tab.element;
      }
      for (const name of gone) {
        tabs.get(name)!.element.remove();
        tabs.delete(name);
      }
      if (shown !== inView) {
        inView = shown;
        if (shown !== undefined) tabs.get(shown)?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      }
    },
    tick(now) {
      for (const tab of tabs.values()) if (tab.step.tone === 'active') setText(tab.time, timeOf(tab.step, now));
    },
  };
}
