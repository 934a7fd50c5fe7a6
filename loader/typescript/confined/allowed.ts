// The modules of Node that a workflow file may import: an allow-list, so that what Node gets in later versions stays closed.
// Their functions take and give plain texts; that is all that passes between the author's realm and the process.

export const allowedModules: Readonly<Record<string, readonly string[]>> = {
  'node:path': ['basename', 'dirname', 'extname', 'isAbsolute', 'join', 'normalize', 'relative'],
};

/** `path` is `node:path`. Undefined for what is not allowed. */
export function allowedModule(specifier: string): string | undefined {
  const name = specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  return Object.hasOwn(allowedModules, name) ? name : undefined;
}
