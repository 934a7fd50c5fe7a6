// The request bodies of the corpus, one fault each: the editor's view of such a body has that one finding, at that place.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from '../../core/syntax/parse.ts';
import type { SyntaxNode } from '../../core/syntax/tree.ts';
import { spanOf } from '../../core/text/origin.ts';
import type { Span } from '../../core/text/source.ts';
import { analyze } from './analyze.ts';

interface Case {
  readonly rule: string | null;
  readonly where: string | null;
  readonly where_any?: readonly string[];
  readonly body: unknown;
}

const folder = new URL('../corpus/bodies/', import.meta.url);

for (const file of readdirSync(folder)) {
  const { rule, where, where_any, body }: Case = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  const text = JSON.stringify(body, null, 2);
  test(`${file} has ${rule ? `one finding, ${rule}, at its place` : 'no finding'}`, () => {
    const found = analyze(text, 'json').filter(({ severity }) => severity === 'error' || severity === 'warning');
    assert.deepEqual(
      found.map(({ code }) => code),
      rule ? [rule] : [],
      found.map(({ message }) => message.en).join('\n'),
    );
    if (!rule) return;
    const span = spanOf(found[0]!.origin);
    const places = (where_any ?? [where!]).map((pointer) => spanAt(parse(text, 'json').tree!, pointer));
    const shown = text.slice(span.start, span.end);
    assert.ok(
      places.some((place) => place.start <= span.start && span.end <= place.end),
      `\`${shown}\` is not inside of ${where}`,
    );
  });
}

/** From the key to the end of the value; of an item, the item. */
function spanAt(root: SyntaxNode, pointer: string): Span {
  let span = spanOf(root.origin);
  let node: SyntaxNode | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    if (node?.kind === 'map') {
      const entry: (typeof node.entries)[number] | undefined = node.entries.find(({ key }) => key.text === part);
      assert.ok(entry, `${pointer} is not in the body`);
      span = spanOf(entry.origin);
      node = entry.value;
    } else if (node?.kind === 'seq') {
      node = node.items[Number(part)];
      span = spanOf(node!.origin);
    }
  }
  return span;
}
