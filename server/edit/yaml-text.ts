// Keys and values as they can stand on a line of YAML, inside of brackets too.
import { scalarText } from '../../core/syntax/print-yaml.ts';
import type { ScalarNode } from '../../core/syntax/tree.ts';
import { spanOf } from '../../core/text/origin.ts';

export function keyText(key: string): string {
  return scalarText(key, true);
}

/** A reference, quoted where it stands inside of brackets. */
export function referenceText(reference: string, inFlow: boolean): string {
  return inFlow || /:\s|\s#/.test(reference) ? scalarText(reference, true) : reference;
}

/** A scalar as it is written, where that means the same on one line inside of brackets; else its text in quotes. */
export function asWritten(node: ScalarNode, text: string): string {
  const { start, end } = spanOf(node.origin);
  const written = text.slice(start, end);
  if (node.style === 'single' || node.style === 'double') return written.includes('\n') ? scalarText(node.text, true) : written;
  if (node.style === 'plain' && !written.includes('\n') && !/[,[\]{}]|: |:$/.test(written)) return written;
  return scalarText(node.text, true);
}
