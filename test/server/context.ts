// The context of a feature for a text, without a server around it.
import { analyze } from '../../core/analysis.ts';
import type { Context } from '../../server/feature.ts';
import { abilitiesOf, type ClientAbilities, type Language } from '../../server/language.ts';

export const uri = 'file:///work/test.workflow.yaml';

export function contextOf(
  text: string,
  { language = 'en', form = 'file', ...client }: Partial<ClientAbilities> & { language?: Language; form?: 'file' | 'body' } = {},
): Context {
  const abilities = {
    ...abilitiesOf({}),
    snippets: true,
    hierarchicalSymbols: true,
    documentChanges: true,
    relatedInformation: true,
    commands: { lenses: true, suggest: 'suggest' },
  };
  return { uri, version: 1, analysis: analyze(text, form), language, client: { ...abilities, ...client } };
}
