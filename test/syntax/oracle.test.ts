// The `yaml` package as oracle: for text without errors our tree means what its parse means.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { parse } from '../../core/syntax/parse.ts';
import { documentText, style, value } from './documents.ts';
import { toPlain } from './dump.ts';

function oracle(text: string): { readonly value: unknown; readonly errors: readonly string[] } {
  const document = parseDocument(text, { merge: true, uniqueKeys: true });
  return {
    value: document.errors.length > 0 ? undefined : (document.toJS() ?? null),
    errors: document.errors.map(({ code }) => code),
  };
}

describe('a tree', () => {
  it('means what the yaml package reads, for documents that it wrote in every style', () => {
    fc.assert(
      fc.property(value, style, (data, look) => {
        const text = documentText(data, look);
        const expected = oracle(text);
        // Where it does not read back what it wrote (it breaks long lines wrongly now and then), it is no oracle.
        if (expected.errors.length > 0 || !isDeepStrictEqual(expected.value, JSON.parse(JSON.stringify(data)))) return;
        const parsed = parse(text);
        // An expression without its quotes is reported and kept whole, where YAML would fold it.
        if (parsed.findings.some(({ code }) => code === 'expression-needs-quotes')) return;
        assert.deepEqual(toPlain(parsed.tree), expected.value, text);
      }),
      { numRuns: 1500 },
    );
  });

  it('means what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2), (data, space) => {
        const text = JSON.stringify(data, undefined, space);
        const parsed = parse(text, 'json');
        assert.deepEqual(parsed.findings, [], text);
        assert.deepEqual(toPlain(parsed.tree), JSON.parse(text), text);
      }),
      { numRuns: 500 },
    );
  });
});
