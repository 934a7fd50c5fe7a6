// A tree and its findings as plain data, with absolute offsets: what two parses of one text must agree on.
import type { ParsedText } from '../../core/syntax/parse.ts';
import { type PlainValue, plainValue, type SyntaxNode } from '../../core/syntax/tree.ts';
import { type Origin, spanOf } from '../../core/text/origin.ts';

export type Plain = PlainValue | readonly Plain[] | { readonly [key: string]: Plain };

export function toPlain(node: SyntaxNode | undefined): Plain {
  if (!node) return null;
  if (node.kind === 'scalar') return plainValue(node);
  if (node.kind === 'seq') return node.items.map(toPlain);
  const result: Record<string, Plain> = {};
  for (const { key, value } of node.entries) {
    Object.defineProperty(result, key.text, { value: toPlain(value), enumerable: true, configurable: true, writable: true });
  }
  return result;
}

function range(origin: Origin): string {
  const { start, end } = spanOf(origin);
  return `${start}-${end}`;
}

function dumpNode(node: SyntaxNode | undefined): unknown {
  if (!node) return null;
  if (node.kind === 'scalar') return [range(node.origin), node.style, node.text];
  if (node.kind === 'seq') return [range(node.origin), node.flow, node.items.map(dumpNode)];
  const entries = node.entries.map((entry) => [
    range(entry.origin),
    dumpNode(entry.key),
    dumpNode(entry.value),
    entry.merged === true,
  ]);
  return [range(node.origin), node.flow, entries];
}

export function dump(parsed: ParsedText): unknown {
  const findings = parsed.findings.map((finding) => [
    finding.code,
    range(finding.origin),
    finding.message.en,
    finding.related?.map(({ origin }) => range(origin)),
    finding.fixes?.().map(({ edits }) => edits),
  ]);
  return { tree: dumpNode(parsed.tree), findings };
}

/** `code at text` for each finding: what a person would point at. */
export function findingsOf(parsed: ParsedText): readonly string[] {
  return parsed.findings.map(({ code, origin }) => {
    const { start, end } = spanOf(origin);
    return `${code} at ${JSON.stringify(parsed.text.slice(start, end))}`;
  });
}
