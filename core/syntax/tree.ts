// The syntax tree of a workflow file or a request body: YAML and JSON alike, independent of the parser library.
// It is total: any text has a tree, and what is wrong with the text stands beside it as findings.
import type { Origin } from '../text/origin.ts';

export type SyntaxNode = ScalarNode | MapNode | SeqNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly origin: Origin;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** The value after unescaping and folding; for a plain scalar its source text, so numbers keep their lexeme. */
  readonly text: string;
}

export interface MapNode {
  readonly kind: 'map';
  readonly origin: Origin;
  readonly flow: boolean;
  /** In order of the text; a repeated key is an entry of its own. Merge keys (`<<`) are resolved. */
  readonly entries: readonly MapEntry[];
}

export interface MapEntry {
  /** From the key to the end of the value. */
  readonly origin: Origin;
  readonly key: ScalarNode;
  /** Undefined where nothing was written: `name:`. */
  readonly value: SyntaxNode | undefined;
  /** Came in by a merge key or an alias: the origin is where it is written, not where it is used. */
  readonly merged?: boolean;
}

export interface SeqNode {
  readonly kind: 'seq';
  readonly origin: Origin;
  readonly flow: boolean;
  readonly items: readonly (SyntaxNode | undefined)[];
}

export type PlainValue = string | number | boolean | null;

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
const RADIX = /^0(?:x[\da-fA-F]+|o[0-7]+)$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** What a scalar means by the YAML 1.2 core schema. Where the workflow schema says string, use `text` instead. */
export function plainValue(node: ScalarNode): PlainValue {
  if (node.style !== 'plain') return node.text;
  if (NULL.test(node.text)) return null;
  if (TRUE.test(node.text)) return true;
  if (FALSE.test(node.text)) return false;
  if (NUMBER.test(node.text) || RADIX.test(node.text)) return Number(node.text);
  if (INFINITE.test(node.text)) return node.text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (NOT_A_NUMBER.test(node.text)) return Number.NaN;
  return node.text;
}
