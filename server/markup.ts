// Texts for a person, as Markdown or, for a client that cannot show it, without its marks.
import type { MarkupContent } from 'vscode-languageserver';
import type { ClientAbilities } from './language.ts';

export function markup({ client }: { readonly client: Pick<ClientAbilities, 'markdown'> }, text: string): MarkupContent {
  return client.markdown ? { kind: 'markdown', value: text } : { kind: 'plaintext', value: withoutMarks(text) };
}

/** Of the Markdown that we write: fences, rules, stars and backticks. */
function withoutMarks(text: string): string {
  return text
    .replace(/^```.*\n/gm, '')
    .replace(/^---$/gm, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/^\*(.+)\*$/gm, '$1')
    .replaceAll('`', '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
