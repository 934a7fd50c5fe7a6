// Buttons of the panels: an icon with a name for those who do not see it, or an icon with a word.
import { html, setAttributes } from './dom.ts';
import { type ActionIcon, actionIcon } from './icons.ts';

export interface Button {
  readonly element: HTMLButtonElement;
  /** The name; with `word` it is also shown. `keys` stand behind it in the tooltip. */
  name(text: string, keys?: string): void;
  press(pressed: boolean): void;
  enable(enabled: boolean): void;
  show(visible: boolean): void;
  icon(icon: ActionIcon): void;
}

export function createButton(
  icon: ActionIcon,
  act: () => void,
  options: { readonly word?: boolean; readonly kind?: string } = {},
): Button {
  const word = options.word ? html('span', { class: 'button-word' }) : undefined;
  const element = html(
    'button',
    { type: 'button', class: `button ${options.kind ?? ''} ${options.word ? 'with-word' : ''}`.trim() },
    actionIcon(icon),
    word,
  );
  let shownIcon = icon;
  element.addEventListener('click', act);
  return {
    element,
    name(text, keys) {
      setAttributes(element, { title: keys ? `${text} (${keys})` : text, 'aria-label': text });
      if (word) word.textContent = text;
    },
    press: (pressed) => setAttributes(element, { 'aria-pressed': String(pressed) }),
    enable: (enabled) => setAttributes(element, { disabled: !enabled }),
    show: (visible) => setAttributes(element, { hidden: !visible }),
    icon(next) {
      if (next === shownIcon) return;
      shownIcon = next;
      element.firstElementChild!.replaceWith(actionIcon(next));
    },
  };
}
