// The menu of a step: at the pointer, or at the card when it is asked for by a key.
import { html } from '../dom.ts';
import { type ActionIcon, actionIcon } from '../icons.ts';

export interface MenuItem {
  readonly icon: ActionIcon;
  readonly text: string;
  readonly keys?: string;
  readonly enabled: boolean;
  act(): void;
}

export interface Menu {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  /** At a point of the window; `closed` gives the focus back. */
  open(items: readonly MenuItem[], x: number, y: number, closed: () => void): void;
  close(): void;
}

export function createMenu(): Menu {
  const element = html('div', { class: 'menu', role: 'menu', hidden: true });
  let closed = () => {};

  const close = () => {
    if (element.hidden) return;
    element.hidden = true;
    closed();
  };
  const rows = () => [...element.querySelectorAll<HTMLButtonElement>('button:not([disabled])')];
  element.addEventListener('keydown', (event) => {
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'ArrowDown') all[(at + 1) % all.length]?.focus();
    else if (event.key === 'ArrowUp') all[(at - 1 + all.length) % all.length]?.focus();
    else if (event.key === 'Home') all[0]?.focus();
    else if (event.key === 'End') all.at(-1)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  });
  window.addEventListener('pointerdown', (event) => {
    if (!element.contains(event.target as Node)) close();
  });
  window.addEventListener('blur', close);

  return {
    element,
    get isOpen() {
      return !element.hidden;
    },
    open(items, x, y, whenClosed) {
      close();
      closed = whenClosed;
      element.replaceChildren(
        ...items.map((item) => {
          const row = html(
            'button',
            { type: 'button', role: 'menuitem', class: 'menu-row', disabled: !item.enabled },
            actionIcon(item.icon),
            html('span', { class: 'menu-text' }, item.text),
            html('span', { class: 'menu-keys' }, item.keys ?? ''),
          );
          row.addEventListener('click', () => {
            close();
            item.act();
          });
          return row;
        }),
      );
      element.hidden = false;
      const { offsetWidth, offsetHeight } = element;
      element.style.left = `${Math.max(4, Math.min(x, innerWidth - offsetWidth - 4))}px`;
      element.style.top = `${Math.max(4, Math.min(y, innerHeight - offsetHeight - 4))}px`;
      rows()[0]?.focus();
    },
    close,
  };
}
