// Scalars: what a literal means where the schema names a type or an enumeration, and values that nothing is known about.
import type { EnumValue, ScalarShape } from '../schema/descriptor.ts';
import { plainValue, type ScalarNode, type SyntaxNode } from '../syntax/tree.ts';
import type { Origin } from '../text/origin.ts';
import type { ScalarValue, Value } from './workflow.ts';

/**
 * A literal of a file. Where a text may stand, a plain scalar is its source text, unless a number or boolean may stand there
 * too and it is written as JavaScript writes it: `1.10`, `007` and `True` stay text.
 */
export function typedScalar(node: ScalarNode, shape: ScalarShape, text: string = node.text): ScalarValue {
  const quoted = node.style !== 'plain';
  const value = quoted ? text : plainTyped(node, shape, text);
  return named({ kind: 'scalar', origin: node.origin, text, value, quoted }, shape.enum, shape.ignoreCase);
}

/** A literal of a body: JSON has the type. */
export function wireScalar(node: ScalarNode, shape: ScalarShape): ScalarValue {
  const scalar = jsonScalar(node);
  if (shape.wireText && typeof scalar.value === 'string' && String(Number(scalar.value)) === scalar.value) {
    return { ...scalar, value: Number(scalar.value), quoted: false };
  }
  return named(scalar, shape.enum, shape.ignoreCase);
}

/** A scalar of JSON, or of a place that takes any value: typed by the YAML core schema; the text keeps its lexeme (`1.10`). */
export function jsonScalar(node: ScalarNode): ScalarValue {
  return { kind: 'scalar', origin: node.origin, text: node.text, value: plainValue(node), quoted: node.style !== 'plain' };
}

/** Anything, as it stands: no references, no escapes. */
export function verbatim(node: SyntaxNode | undefined, at: Origin): Value {
  switch (node?.kind) {
    case undefined:
      return nothing(at);
    case 'scalar':
      return jsonScalar(node);
    case 'seq':
      return { kind: 'list', origin: node.origin, items: node.items.map((item) => verbatim(item, node.origin)) };
    case 'map':
      return {
        kind: 'map',
        origin: node.origin,
        entries: node.entries.map(({ key, value }) => ({
          name: { text: key.text, origin: key.origin },
          value: verbatim(value, key.origin),
        })),
      };
  }
}

/** Nothing was written where a value belongs. */
export function nothing(at: Origin): ScalarValue {
  return { kind: 'scalar', origin: at, text: '', value: null, quoted: false };
}

function plainTyped(node: ScalarNode, shape: ScalarShape, text: string): ScalarValue['value'] {
  const value = text === node.text ? plainValue(node) : text;
  if (!shape.types.includes('string')) return value;
  if (shape.types.length === 1) return text;
  return String(value) === text && value !== null ? value : text;
}

/** Something was written that cannot be read, and that is told already: it is not judged further, and not absent either. */
export function unreadable(at: Origin, text = '?'): ScalarValue {
  return { kind: 'scalar', origin: at, text, value: null, quoted: true };
}

/** Puts the name of an enumeration for the wire's number, and the known spelling for another case. */
function named(scalar: ScalarValue, values: readonly EnumValue[] | undefined, ignoreCase: true | undefined): ScalarValue {
  if (!values || scalar.value === null) return scalar;
  const found =
    values.find(({ wire }) => String(wire) === scalar.text && (typeof wire === 'string' || !scalar.quoted)) ??
    (ignoreCase && values.find(({ value }) => String(value).toLowerCase() === scalar.text.toLowerCase()));
  if (!found || found.value === scalar.value) return scalar;
  return { ...scalar, text: String(found.value), value: found.value };
}
