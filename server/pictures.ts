// The graphs that the client shows: answers `weft/graph`, keeps the last layout of each, and tells when a picture is out of date.
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Direction, Layout } from '../core/graph/layout.ts';
import type { GraphParams, GraphResult } from '../core/protocol/lsp.ts';
import type { LayoutEngine } from '../layout/layout.ts';
import type { Context } from './feature.ts';
import { type Drawing, drawing, fingerprint, graphFingerprint } from './features/graph.ts';

interface Picture {
  /** Of the newest drawing that the client was told of. */
  shown: string;
  laidOut?: { readonly direction: Direction; readonly graph: string; readonly layout: Layout };
}

export class Pictures {
  private readonly engine: LayoutEngine;
  private readonly pictures = new Map<string, Picture>();

  constructor(engine: LayoutEngine) {
    this.engine = engine;
  }

  /**
   * Null where the document has no steps. Rejects with ContentModified when a newer request of the document came before this one
   * was begun.
   */
  async graph(context: Context, { direction = 'right', fresh = false }: GraphParams): Promise<GraphResult | null> {
    // All that depends on anchors is taken before anything is awaited (invariant I3).
    const drawn = drawing(context);
    const picture = this.pictureOf(context.uri);
    picture.shown = fingerprint(drawn);
    return drawn ? { ...drawn, layout: await this.layout(picture, drawn, direction, fresh) } : null;
  }

  /** Whether the graph of the document was asked for. */
  has(uri: string): boolean {
    return this.pictures.has(uri);
  }

  /** Whether a picture of the document was asked for and is not what would be drawn now. */
  isOutdated(context: Context): boolean {
    const picture = this.pictures.get(context.uri);
    if (!picture) return false;
    const now = fingerprint(drawing(context));
    if (now === picture.shown) return false;
    picture.shown = now;
    return true;
  }

  forget(uri: string): void {
    if (this.pictures.delete(uri)) this.engine.forget(uri);
  }

  private async layout(picture: Picture, { uri, graph }: Drawing, direction: Direction, fresh: boolean): Promise<Layout> {
    const text = graphFingerprint(graph);
    const before = picture.laidOut;
    if (!fresh && before?.direction === direction && before.graph === text) return before.layout;
    const layout = await this.engine.layout(graph, { direction, key: uri, fresh });
    if (!layout) throw new ResponseError(LSPErrorCodes.ContentModified, 'A newer graph of the document was asked for.');
    picture.laidOut = { direction, graph: text, layout };
    return layout;
  }

  private pictureOf(uri: string): Picture {
    let picture = this.pictures.get(uri);
    if (!picture) this.pictures.set(uri, (picture = { shown: '' }));
    return picture;
  }
}
