// What can be written at the cursor: keys, values, whole steps, references. Where each comes from is in completion-*.ts.
import { type CompletionItem, type CompletionList, InsertTextFormat, InsertTextMode } from 'vscode-languageserver';
import type { CompletionParams } from 'vscode-languageserver';
import { describeAt } from '../../core/schema/describe.ts';
import { type Spot, spotAt } from '../../core/syntax/locate.ts';
import type { Span } from '../../core/text/source.ts';
import type { Context } from '../feature.ts';
import { keyOffers } from './completion-keys.ts';
import { type Offer, plainText } from './completion-offer.ts';
import { pathStart } from './completion-paths.ts';
import { referenceOffers, stepNameOffers } from './completion-references.ts';
import { valueOffers } from './completion-values.ts';

/** Characters that ask for completion by themselves. */
export const triggerCharacters = ['.', '{', '[', "'", '"', ' ', '(', '/'];

export interface Completion {
  readonly list: CompletionList;
  /** Texts of the items, by their position; computed when one is looked at. */
  readonly documentation: readonly ((() => string) | undefined)[];
}

/** `files`: what `folderQuestion` led to, where it asked for something. */
export function completion(context: Context, { position }: CompletionParams, files: readonly Offer[] = []): Completion {
  const { analysis } = context;
  const spot = analysis.form === 'file' ? spotAt(analysis.parsed, analysis.source.offsetAt(position)) : undefined;
  return toList(context, spot && spot.at >= 0 ? [...offersAt(context, spot), ...files] : files);
}

function offersAt(context: Context, spot: Spot): readonly Offer[] {
  const description = describeAt(spot.tree, spot.path);
  if (!description) return [];
  if (spot.kind === 'key') return keyOffers(context, spot, description);
  const names = stepNameOffers(context, spot, description);
  if (names) return names;
  const references = referenceOffers(context, spot, description);
  if (references.only) return references.offers;
  const { shape } = description;
  return [
    ...valueOffers(context, spot, description),
    ...references.offers,
    ...pathStart({ shape, spot }),
    ...mapOffers(context, spot),
  ];
}

/** A value that begins on a line of its own may become a map: then its first key is what is being typed. */
function mapOffers(context: Context, spot: Spot): readonly Offer[] {
  if (!spot.ownLine && !spot.afterDash) return [];
  const description = describeAt(spot.tree, spot.path);
  return description
    ? keyOffers(context, { ...spot, kind: 'key', present: spot.path.length === 0 ? spot.present : new Set() }, description)
    : [];
}

function toList(context: Context, offers: readonly Offer[]): Completion {
  const { client, analysis } = context;
  const common = client.sharedRange && offers.length > 1 ? commonSpan(offers) : undefined;
  const items = offers.map((offer, index): CompletionItem => {
    const isSnippet = offer.snippet !== undefined && client.snippets;
    const newText = isSnippet ? offer.snippet! : (offer.text ?? plainText(offer.snippet!));
    return {
      label: offer.label,
      kind: offer.kind,
      sortText: offer.group + String(index).padStart(5, '0'),
      ...(offer.detail && { detail: offer.detail }),
      ...(offer.filter && { filterText: offer.filter }),
      ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
      ...(isSnippet && newText.includes('\n') && { insertTextMode: InsertTextMode.adjustIndentation }),
      ...(common
        ? newText !== offer.label && { textEditText: newText }
        : { textEdit: { range: analysis.source.rangeOf(offer.span), newText } }),
      ...(offer.others?.length && {
        additionalTextEdits: offer.others.map(({ span, text }) => ({ range: analysis.source.rangeOf(span), newText: text })),
      }),
      ...(offer.again && client.commands.suggest && { command: { title: '', command: client.commands.suggest } }),
      ...(offer.documentation && { data: index }),
    };
  });
  const list: CompletionList = { isIncomplete: false, items };
  if (common) list.itemDefaults = { editRange: analysis.source.rangeOf(common) };
  return { list, documentation: offers.map((offer) => offer.documentation) };
}

function commonSpan(offers: readonly Offer[]): Span | undefined {
  const [first] = offers;
  return offers.every(({ span }) => span.start === first!.span.start && span.end === first!.span.end) ? first!.span : undefined;
}
