// Places of code as places of the document: origins by anchors, one for each statement of the file, so that what was found out about a
// text stays right while lines above it come and go.
import type { SyntaxNode } from '@lezer/common';
import type { Anchor, Origin } from '../../core/text/origin.ts';
import type { Span } from '../../core/text/source.ts';
import type { CodeFile } from './code-file.ts';
import type { Place } from './places.ts';

export class DocumentPlaces {
  readonly file: CodeFile;
  /** Starts of the statements, in order; the first one is the start of the text. */
  private readonly starts: number[] = [0];
  private readonly anchors: Anchor[] = [{ offset: 0 }];

  constructor(file: CodeFile) {
    this.file = file;
    for (let node = file.tree.topNode.firstChild; node; node = node.nextSibling) {
      if (node.from === 0) continue;
      this.starts.push(node.from);
      this.anchors.push({ offset: node.from });
    }
  }

  at({ start, end }: Span): Origin {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= start) low = middle;
      else high = middle - 1;
    }
    const base = this.starts[low]!;
    return { anchor: this.anchors[low]!, from: start - base, to: end - base };
  }

  of(node: SyntaxNode): Origin {
    return this.at({ start: node.from, end: node.to });
  }

  /** The place itself where it is in the document, else the call in the document that led to it. */
  inside(place: Place | undefined): Place | undefined {
    let at = place;
    while (at && at.file !== this.file) at = at.caller;
    return at;
  }

  /** Moves the anchors to where their statements stand in a later version of the text. */
  follow(text: string): void {
    const before = this.file.source.text;
    const limit = Math.min(before.length, text.length);
    let prefix = 0;
    while (prefix < limit && before[prefix] === text[prefix]) prefix++;
    let suffix = 0;
    while (suffix < limit - prefix && before[before.length - 1 - suffix] === text[text.length - 1 - suffix]) suffix++;
    const shift = text.length - before.length;
    for (const [index, start] of this.starts.entries()) {
      this.anchors[index]!.offset = start >= before.length - suffix && start > 0 ? start + shift : Math.min(start, text.length);
    }
  }
}
