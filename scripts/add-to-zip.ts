// Adds files to a zip archive. For what `vsce` never packs: a plugin of the TypeScript service has to lie below node_modules.
import { createWriteStream, renameSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** `files`: by their paths in the archive. */
export async function addToZip(archive: string, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const to = new yazl.ZipFile();
  const add = (content: Buffer, path: string) => to.addBuffer(content, path, { compressionLevel: 9 });
  const from = await yauzl.openPromise(archive, { lazyEntries: true });
  for await (const entry of from.eachEntry()) add(await buffer(await from.openReadStreamPromise(entry)), entry.fileName);
  for (const [path, content] of Object.entries(files)) add(content, path);
  to.end();
  const making = `${archive}.new`;
  await pipeline(to.outputStream, createWriteStream(making));
  renameSync(making, archive);
}
