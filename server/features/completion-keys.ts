// Keys that can be added to a map: members by the schemas, and whole steps among the steps.
import { CompletionItemKind } from 'vscode-languageserver';
import type { Member, Shape } from '../../core/schema/descriptor.ts';
import { type Description, offeredMembers } from '../../core/schema/describe.ts';
import { stepKinds } from '../../core/steps/step-kinds.ts';
import type { Spot } from '../../core/syntax/locate.ts';
import { type Context, say } from '../feature.ts';
import { memberText, typeText } from '../member-text.ts';
import { escapeSnippet, type Offer, plainText } from './completion-offer.ts';

export function keyOffers(context: Context, spot: Spot, description: Description): readonly Offer[] {
  if (description.shape.kind === 'named')
    return spot.path.length === 1 && spot.path[0] === 'steps' ? stepOffers(context, spot) : [];
  return offeredMembers(description, spot.present).map((member) => memberOffer(context, spot, member));
}

function memberOffer(context: Context, spot: Spot, member: Member): Offer {
  const { language } = context;
  const snippet = spot.hasColon ? escapeSnippet(member.name) : entrySnippet(member, spot);
  return {
    label: member.name,
    kind: CompletionItemKind.Property,
    span: spot.outer,
    snippet,
    detail: typeText(member, language),
    group: member.required ? 'a' : member.expected ? 'b' : 'c',
    documentation: () => memberText(member, language),
    again: !spot.hasColon && asksAgain(member.shape),
  };
}

/** `key: `, `key:` with an indented line, or `key: { }`: what the value needs at this place. */
function entrySnippet(member: Member, spot: Spot): string {
  const key = escapeSnippet(member.name);
  if (spot.inFlow) return `${key}: ${flowValue(member)}`;
  const { shape } = member;
  const below = spot.afterDash ? '\n    ' : '\n  ';
  if (member.snippet?.startsWith('\n')) return `${key}:${member.snippet.replaceAll('\n  ', below)}`;
  if (member.snippet !== undefined) return `${key}: ${member.snippet}`;
  switch (shape.kind) {
    case 'object':
      return shape.short ? `${key}: $0` : `${key}:${below}$0`;
    case 'variants':
      return `${key}:${below}$0`;
    case 'map':
    case 'named':
      return `${key}:${below}${member.name === 'steps' ? '$0' : '${1:name}: $0'}`;
    case 'list':
      if (shape.item.kind === 'object' && !shape.item.short) return `${key}:${below}- $0`;
      return shape.one ? `${key}: $0` : `${key}: [$0]`;
    default:
      return `${key}: $0`;
  }
}

function flowValue({ shape, snippet }: Member): string {
  if (snippet !== undefined && !snippet.startsWith('\n')) return snippet;
  switch (shape.kind) {
    case 'object':
      return shape.short ? '$0' : '{ $0 }';
    case 'variants':
    case 'map':
    case 'named':
      return '{ $0 }';
    case 'list':
      return shape.one ? '$0' : '[$0]';
    default:
      return '$0';
  }
}

/** Whether there is something to offer for the value at once. */
function asksAgain(shape: Shape): boolean {
  if (shape.refs || shape.kind === 'object' || shape.kind === 'variants' || shape.kind === 'conditions') return true;
  if (shape.kind === 'list') return true;
  if (shape.kind === 'named') return true;
  return shape.kind === 'scalar' && (shape.enum !== undefined || shape.types.includes('boolean'));
}

function stepOffers(context: Context, spot: Spot): readonly Offer[] {
  return stepKinds.map((kind) => ({
    label: kind.type,
    kind: CompletionItemKind.Snippet,
    span: spot.outer,
    snippet: kind.snippet.trimEnd(),
    detail: say(context, kind.label),
    group: 'a',
    documentation: () => `${say(context, kind.summary)}\n\n\`\`\`yaml\n${plainText(kind.snippet)}\`\`\``,
  }));
}
