// Makes a window's language known to VS Code and so to extensions, which then speak it: a language pack without translations of
// VS Code itself, since the real ones are in a gallery that tests cannot reach.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** To be called before the server starts; the server then takes `--locale LANGUAGE`. */
export function addLanguage(userData: string, language: string): void {
  const translations = join(userData, `${language}.json`);
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `weft.test-language-${language}` }, version: '1.0.0' }];
  const pack = { hash: `test-${language}`, label: language, extensions, translations: { vscode: translations } };
  writeFileSync(join(userData, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
