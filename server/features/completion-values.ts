// Values that a place names: members of enumerations, true and false.
import { CompletionItemKind } from 'vscode-languageserver';
import type { Shape } from '../../core/schema/descriptor.ts';
import type { Description } from '../../core/schema/describe.ts';
import { memberOf } from '../../core/schema/shape.ts';
import type { Spot } from '../../core/syntax/locate.ts';
import type { Context } from '../feature.ts';
import { enumOf, valueText } from '../member-text.ts';
import type { Offer } from './completion-offer.ts';

export function valueOffers({ language }: Context, spot: Spot, { shape }: Description): readonly Offer[] {
  const scalar = scalarOf(shape);
  if (!scalar) return [];
  const isStep = spot.path[0] === 'steps' && spot.path.length === 3 && spot.path[2] === 'type';
  const values = enumOf(scalar).map(
    (value): Offer => ({
      label: String(value.value),
      kind: isStep ? CompletionItemKind.Class : CompletionItemKind.EnumMember,
      span: spot.span,
      text: inList(shape, spot, String(value.value)),
      group: 'a',
      ...(value.text && { detail: value.text[language] }),
      documentation: () => valueText(value, isStep, language),
    }),
  );
  const isBoolean = scalar.kind === 'scalar' && scalar.types.includes('boolean') && spot.style === 'plain';
  const booleans = isBoolean ? ['true', 'false'] : [];
  return [
    ...values,
    ...booleans.map((label): Offer => ({ label, kind: CompletionItemKind.Value, span: spot.span, text: label, group: 'a' })),
  ];
}

/** The shape of what is written as a scalar here: a short form, or one item in place of a list. */
function scalarOf(shape: Shape): Shape | undefined {
  if (shape.kind === 'object') return shape.short ? scalarOf(memberOf(shape, shape.short)!.shape) : undefined;
  if (shape.kind === 'list') return scalarOf(shape.item);
  return shape.kind === 'scalar' ? shape : undefined;
}

/** An item where the whole list is expected: on its own line with a dash, else in brackets unless one may stand alone. */
export function inList(shape: Shape, spot: Spot, text: string): string {
  if (shape.kind === 'object' && shape.short) return inList(memberOf(shape, shape.short)!.shape, spot, text);
  if (shape.kind !== 'list' || spot.style !== 'plain') return text;
  if (spot.ownLine) return `- ${text}`;
  return shape.one ? text : `[${text}]`;
}
