// What every feature is given. A feature is a function of this and of the request's params; it keeps nothing.
import type { Analysis } from '../core/analysis.ts';
import type { Localized } from '../core/text/diagnostic.ts';
import { type Origin, spanOf } from '../core/text/origin.ts';
import type { Range } from '../core/text/source.ts';
import type { ClientAbilities, Language } from './language.ts';

export interface Context {
  readonly uri: string;
  readonly version: number;
  readonly analysis: Analysis;
  readonly language: Language;
  readonly client: ClientAbilities;
}

export function say({ language }: Pick<Context, 'language'>, text: Localized): string {
  return text[language];
}

export function rangeOf({ analysis }: Context, origin: Origin): Range {
  return analysis.source.rangeOf(spanOf(origin));
}
