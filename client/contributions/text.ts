// Texts of the manifest: written in both languages where they are used, and collected for package.nls*.json.
import type { Localized } from '../../core/text/diagnostic.ts';

export interface NlsFiles {
  readonly en: Readonly<Record<string, string>>;
  readonly zh: Readonly<Record<string, string>>;
}

/** Gives `%key%` for a text and remembers the text under that key. */
export class NlsTable implements NlsFiles {
  readonly en: Record<string, string> = {};
  readonly zh: Record<string, string> = {};

  key(name: string, text: Localized): string {
    const before = this.en[name];
    if (before !== undefined && before !== text.en)
      throw new Error(`Two texts have the key ${name}: "${before}" and "${text.en}".`);
    this.en[name] = text.en;
    this.zh[name] = text.zh;
    return `%${name}%`;
  }
}
