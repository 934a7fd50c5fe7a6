// The find widget of the log: text, case and regular expression, how many matches, next and previous.
import { type LogQuery, patternOf } from '../../core/views/log-find.ts';
import { filled } from '../../core/views/texts.ts';
import { createButton } from '../button.ts';
import { html, setAttributes, setText } from '../dom.ts';

type Texts = Readonly<Record<string, string>>;

export interface FindState {
  /** Which of the matches is the current one, from 0. */
  readonly at: number | undefined;
  readonly matches: number;
  readonly done: boolean;
}

export interface FindBar {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  readonly query: LogQuery;
  open(text?: string): void;
  close(): void;
  show(state: FindState): void;
  name(texts: Texts): void;
}

export interface FindEvents {
  /** The query changed, or the widget opened with one; not when it is no pattern. */
  asked(query: LogQuery): void;
  go(by: 1 | -1): void;
  closed(): void;
}

export function createFindBar(events: FindEvents): FindBar {
  const field = html('input', { type: 'text', class: 'field', spellcheck: 'false', autocomplete: 'off' });
  const matchCase = html('button', { type: 'button', class: 'button toggle', 'aria-pressed': 'false' }, 'Aa');
  const regex = html('button', { type: 'button', class: 'button toggle', 'aria-pressed': 'false' }, '.*');
  const count = html('span', { class: 'count', role: 'status' });
  const previous = createButton('previous', () => events.go(-1));
  const next = createButton('next', () => events.go(1));
  const close = createButton('close', () => bar.close());
  const element = html(
    'div',
    { class: 'find', role: 'search', hidden: true },
    html('div', { class: 'find-field' }, field, matchCase, regex),
    count,
    previous.element,
    next.element,
    close.element,
  );
  let texts: Texts = {};
  let state: FindState = { at: undefined, matches: 0, done: true };

  const isOn = (toggle: HTMLElement) => toggle.getAttribute('aria-pressed') === 'true';
  const query = (): LogQuery => ({ text: field.value, regex: isOn(regex), caseSensitive: isOn(matchCase) });
  const showCount = () => {
    const asked = field.value !== '';
    const pattern = patternOf(query());
    const invalid = pattern?.kind === 'invalid' ? pattern.why : undefined;
    const none = asked && state.done && state.matches === 0;
    setAttributes(element, { 'data-none': none || invalid !== undefined });
    setAttributes(field, { 'aria-invalid': invalid === undefined ? undefined : 'true', title: invalid });
    setAttributes(count, { title: invalid });
    for (const button of [previous, next]) button.enable(state.matches > 0);
    if (!asked) return setText(count, '');
    if (invalid !== undefined) return setText(count, texts['log.noPattern'] ?? '');
    if (!state.done) return setText(count, filled(texts['log.searching'] ?? '', state.matches));
    if (none) return setText(count, texts['log.noMatches'] ?? '');
    setText(count, filled(texts['log.matches'] ?? '', state.at === undefined ? '–' : state.at + 1, state.matches));
  };
  const ask = () => {
    if (patternOf(query())?.kind !== 'invalid') events.asked(query());
    showCount();
  };
  for (const toggle of [matchCase, regex]) {
    toggle.addEventListener('click', () => {
      setAttributes(toggle, { 'aria-pressed': String(!isOn(toggle)) });
      ask();
    });
  }
  field.addEventListener('input', ask);
  element.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') bar.close();
    else if (event.key === 'Enter' && event.target === field) events.go(event.shiftKey ? -1 : 1);
    else if (event.altKey && event.key.toLowerCase() === 'c') matchCase.click();
    else if (event.altKey && event.key.toLowerCase() === 'r') regex.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const bar: FindBar = {
    element,
    get isOpen() {
      return !element.hidden;
    },
    get query() {
      return query();
    },
    open(text) {
      const was = element.hidden;
      element.hidden = false;
      if (text) field.value = text;
      field.focus();
      field.select();
      if (was || text) ask();
    },
    close() {
      if (element.hidden) return;
      element.hidden = true;
      events.closed();
    },
    show(next) {
      state = next;
      showCount();
    },
    name(nextTexts) {
      texts = nextTexts;
      setAttributes(field, { placeholder: texts['log.search'], 'aria-label': texts['log.search'] });
      const named = (toggle: HTMLElement, text: string | undefined, keys: string) =>
        setAttributes(toggle, { title: `${text ?? ''} (${keys})`, 'aria-label': text });
      named(matchCase, texts['log.case'], 'Alt+C');
      named(regex, texts['log.regex'], 'Alt+R');
      previous.name(texts['log.previous'] ?? '', 'Shift+F3');
      next.name(texts['log.next'] ?? '', 'F3');
      close.name(texts['log.close'] ?? '', 'Esc');
      showCount();
    },
  };
  return bar;
}
