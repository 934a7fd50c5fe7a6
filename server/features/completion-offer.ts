// One thing that completion offers, before it is a CompletionItem, and the texts that snippets are made of.
import type { CompletionItemKind } from 'vscode-languageserver';
import type { Span, TextEdit } from '../../core/text/source.ts';

export interface Offer {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What is replaced. */
  readonly span: Span;
  /** Plain text to insert. One of `text` and `snippet` is given; with `snippet` alone the stops become their placeholders. */
  readonly text?: string;
  readonly snippet?: string;
  readonly detail?: string;
  /** What the typed text is compared with, where that is not the label. */
  readonly filter?: string;
  /** Sorts before the order in the list: `a` first. */
  readonly group: string;
  /** Markdown, computed when looked at. */
  readonly documentation?: () => string;
  /** Ask for completion again after inserting. */
  readonly again?: boolean;
  /** What else has to change for the offer to be right: elsewhere in the document. */
  readonly others?: readonly TextEdit[];
}

/** A text as it stands in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** What a snippet inserts where the client knows no snippets: of a choice its first value. */
export function plainText(snippet: string): string {
  return snippet
    .replace(/(?<!\\)\$(?:\d+|\{\d+\})/g, '')
    .replace(/(?<!\\)\$\{\d+\|((?:\\.|[^\\,|])*)[^|]*\|\}/g, '$1')
    .replace(/(?<!\\)\$\{\d+:((?:\\.|[^\\}])*)\}/g, '$1')
    .replace(/\\([\\$}])/g, '$1');
}
