// Finding steps: a field over the graph; the steps that match stay bright, Enter goes from one to the next.
import { statusText, typeText } from '../../core/views/card-look.ts';
import type { NodeView } from '../../core/views/graph-view.ts';
import { filled } from '../../core/views/texts.ts';
import { createButton } from '../button.ts';
import { html, setAttributes, setText } from '../dom.ts';

type Texts = Readonly<Record<string, string>>;

export interface Search {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  open(): void;
  close(): void;
  /** Searches anew: graph, run or language changed. */
  show(nodes: readonly NodeView[], texts: Texts): void;
}

export interface SearchEvents {
  /** Indexes in the order of the graph; undefined when no search goes on. */
  found(indexes: readonly number[] | undefined): void;
  /** `asked`: by Enter or a button; else because what is searched for changed. */
  jump(index: number, asked: boolean): void;
  closed(): void;
}

export function createSearch(events: SearchEvents): Search {
  const field = html('input', { type: 'text', class: 'field', spellcheck: 'false', autocomplete: 'off' });
  const count = html('span', { class: 'count', role: 'status' });
  const previous = createButton('previous', () => step(-1));
  const next = createButton('next', () => step(1));
  const close = createButton('close', () => search.close());
  const element = html(
    'div',
    { class: 'search', role: 'search', hidden: true },
    field,
    count,
    previous.element,
    next.element,
    close.element,
  );
  let nodes: readonly NodeView[] = [];
  let texts: Texts = {};
  let matches: readonly number[] = [];
  let at = -1;

  const showCount = () => {
    const none = matches.length === 0;
    const asked = field.value.trim() !== '';
    setAttributes(element, { 'data-none': asked && none });
    const text = none ? texts['search.none'] : filled(texts['search.count'] ?? '', at < 0 ? '–' : at + 1, matches.length);
    setText(count, asked ? (text ?? '') : '');
    for (const button of [previous, next]) button.enable(!none);
  };
  const find = () => {
    const words = field.value.trim().toLowerCase();
    matches = words === '' ? [] : matchingSteps(nodes, words, texts);
    events.found(words === '' ? undefined : matches);
  };
  const step = (by: number, asked = true) => {
    if (matches.length === 0) return;
    at = at < 0 ? (by > 0 ? 0 : matches.length - 1) : (at + by + matches.length) % matches.length;
    showCount();
    events.jump(matches[at]!, asked);
  };
  field.addEventListener('input', () => {
    find();
    at = -1;
    if (matches.length > 0) step(1, false);
    else showCount();
  });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') search.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const search: Search = {
    element,
    get isOpen() {
      return !element.hidden;
    },
    open() {
      element.hidden = false;
      field.focus();
      field.select();
      find();
      showCount();
    },
    close() {
      if (element.hidden) return;
      element.hidden = true;
      events.found(undefined);
      events.closed();
    },
    show(nextNodes, nextTexts) {
      [nodes, texts] = [nextNodes, nextTexts];
      setAttributes(field, { placeholder: texts['search.placeholder'], 'aria-label': texts['action.search'] });
      previous.name(texts['action.previous'] ?? '', 'Shift+Enter');
      next.name(texts['action.next'] ?? '', 'Enter');
      close.name(texts['action.close'] ?? '', 'Esc');
      if (element.hidden) return;
      find();
      if (at >= matches.length) at = -1;
      showCount();
    },
  };
  return search;
}

/** All words stand in name, title, kind or status. */
function matchingSteps(nodes: readonly NodeView[], words: string, texts: Texts): number[] {
  const parts = words.split(/\s+/);
  return nodes.flatMap((node, index) => {
    const said = [node.name, node.title, node.type, typeText(node.type, texts)];
    if (node.state && !node.state.absent) said.push(statusText(node.state.status, texts));
    const text = said.join('\n').toLowerCase();
    return parts.every((part) => text.includes(part)) ? [index] : [];
  });
}
