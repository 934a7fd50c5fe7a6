// Files and folders of this machine in the paths of a workflow. Looking into a folder is the host's business: this says where to
// look, and what to offer of what is there.
import { CompletionItemKind, type CompletionParams } from 'vscode-languageserver';
import { describeAt } from '../../core/schema/describe.ts';
import { nodeAt, type Spot, spotAt } from '../../core/syntax/locate.ts';
import type { Span } from '../../core/text/source.ts';
import type { Context } from '../feature.ts';
import type { FolderEntry } from '../host.ts';
import { baseOf, pathShape, resolvePath } from '../local-path.ts';
import type { Offer } from './completion-offer.ts';

export interface FolderQuestion {
  /** URI of the folder to look into, with its final slash. */
  readonly folder: string;
  /** The name at the cursor, between two slashes. */
  readonly span: Span;
  readonly foldersOnly: boolean;
  /** Names that begin with a dot are asked for. */
  readonly hidden: boolean;
}

/** Undefined where no local path is being typed. */
export function folderQuestion({ uri, analysis }: Context, { position }: CompletionParams): FolderQuestion | undefined {
  const spot = analysis.form === 'file' ? spotAt(analysis.parsed, analysis.source.offsetAt(position)) : undefined;
  if (spot?.kind !== 'value' || spot.at < 0) return undefined;
  const shape = pathShape(describeAt(spot.tree, spot.path)?.shape);
  const base = shape && baseOf(uri, shape, spot.text, nodeAt(spot.tree, spot.path.slice(0, -1)));
  if (!base) return undefined;
  const from = spot.text.lastIndexOf('/', spot.at - 1) + 1;
  const next = spot.text.indexOf('/', spot.at);
  // `.` and `..` alone are still being typed.
  if (from === 0 && spot.text.startsWith('.')) return undefined;
  return {
    folder: resolvePath(spot.text.slice(0, from) || './', base),
    span: { start: spot.span.start + from, end: spot.span.start + (next < 0 ? spot.text.length : next) },
    foldersOnly: shape.path === 'folder',
    hidden: spot.text[from] === '.',
  };
}

/** Folders first; they end with a slash, after which the next name is asked for. */
export function pathOffers({ span, foldersOnly, hidden }: FolderQuestion, entries: readonly FolderEntry[]): readonly Offer[] {
  return entries
    .filter(({ name, isFolder }) => (isFolder || !foldersOnly) && (hidden || !name.startsWith('.')))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, isFolder }) => ({
      label: isFolder ? `${name}/` : name,
      kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
      span,
      text: isFolder ? `${name}/` : name,
      group: isFolder ? 'a' : 'b',
      again: isFolder,
    }));
}

/** The way into the folder of the file, where a path is missing. */
export function pathStart({
  shape,
  spot,
}: {
  readonly shape: Parameters<typeof pathShape>[0];
  readonly spot: Spot;
}): readonly Offer[] {
  const path = pathShape(shape);
  if (!path || spot.text !== '' || path.inside) return [];
  return [{ label: './', kind: CompletionItemKind.Folder, span: spot.span, text: './', group: 'c', again: true }];
}
