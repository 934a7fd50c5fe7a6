// What every check returns, in the editor, the command line, the SDK and the engine alike.
import type { Origin } from './origin.ts';
import type { TextEdit } from './source.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A text in the languages of the product. */
export interface Localized {
  readonly en: string;
  readonly zh: string;
}

export interface Fix {
  readonly title: Localized;
  readonly edits: readonly TextEdit[];
  /** The one that "fix all" and the preferred key apply. */
  readonly preferred?: boolean;
}

export interface RelatedPlace {
  readonly origin: Origin;
  readonly message: Localized;
}

export interface Diagnostic {
  /** The rule's name, which is also its file name and its heading in docs/rules.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: Localized;
  /** The value at fault; for a missing member, the key of the object that lacks it. */
  readonly origin: Origin;
  readonly related?: readonly RelatedPlace[];
  /** Computed when asked for, never while typing. Some need the text, to insert in the style that stands there. */
  readonly fixes?: (text?: string) => readonly Fix[];
  /** Greyed out in the editor: declared but unused. */
  readonly unnecessary?: boolean;
}

/** Of the text; what stands at one place by code and message, so that the order is a matter of the findings alone. Sorts the list itself. */
export function inOrder(found: Diagnostic[]): readonly Diagnostic[] {
  return found.sort(
    (a, b) =>
      a.origin.anchor.offset + a.origin.from - (b.origin.anchor.offset + b.origin.from) ||
      a.origin.anchor.offset + a.origin.to - (b.origin.anchor.offset + b.origin.to) ||
      compared(a.code, b.code) ||
      compared(a.message.en, b.message.en),
  );
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
