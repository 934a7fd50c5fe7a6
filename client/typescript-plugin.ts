// Tells the TypeScript service of the editor what `import ... from 'weft'` is: the types that the extension brings along, so that a workflow
// in TypeScript has completion and checks without anything installed. What a project resolves itself goes before.
// A bundle of its own, loaded by the TypeScript service as `node_modules/weft-typescript` of the extension.
import { join } from 'node:path';

/** As much of TypeScript's interface for plugins as is used here. */
interface Resolved {
  readonly resolvedModule?: {
    readonly resolvedFileName: string;
    readonly extension: string;
    readonly isExternalLibraryImport: boolean;
  };
}
type Resolve = (names: readonly { readonly text: string }[], ...rest: readonly unknown[]) => readonly Resolved[];
interface PluginInfo {
  readonly languageServiceHost: { resolveModuleNameLiterals?: Resolve };
  readonly languageService: object;
}

const types = join(__dirname, '../../dist/sdk/types/index.d.ts');

export default function plugin(): { create(info: PluginInfo): object } {
  return {
    create({ languageServiceHost: host, languageService }) {
      const resolve = host.resolveModuleNameLiterals?.bind(host);
      if (resolve) {
        host.resolveModuleNameLiterals = (names, ...rest) =>
          resolve(names, ...rest).map((found, index) =>
            found.resolvedModule || names[index]!.text !== 'weft'
              ? found
              : { resolvedModule: { resolvedFileName: types, extension: '.d.ts', isExternalLibraryImport: true } },
          );
      }
      return languageService;
    },
  };
}
