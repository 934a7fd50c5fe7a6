// Colours of series: variables of the theme, by number. A canvas gets them as values, and is told when the theme has changed.

/** As many as metrics.css has. */
const seriesColors = 7;

/** The class that sets `color`. */
export function seriesClass(index: number): string {
  return `series-${index % seriesColors}`;
}

export function seriesColor(index: number): string {
  return themeColor(`--series-${index % seriesColors}`);
}

/** The value of a variable of the page now. */
export function themeColor(variable: string): string {
  return getComputedStyle(document.body).getPropertyValue(variable).trim();
}

export function fontFamily(): string {
  return getComputedStyle(document.body).fontFamily;
}

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** VS Code writes the theme onto the root's style and its kind into the body's class. Gives what ends it. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => {
      for (const each of listeners) each();
    });
    observer.observe(document.documentElement, { attributeFilter: ['style', 'class'] });
    observer.observe(document.body, { attributeFilter: ['class'] });
  }
  return () => listeners.delete(listener);
}
