// Fixes are written for files in YAML. In a program those remain that put one word in place of another: in a text, whose quotes stay, or
// for the name of a member. What needs more than that is left to the author.
import type { Fix } from '../../core/text/diagnostic.ts';
import type { TextEdit } from '../../core/text/source.ts';

export function programFixes(fixes: readonly Fix[], text: string): readonly Fix[] {
  return fixes.flatMap((fix) => {
    const edits = fix.edits.map((edit) => inCode(edit, text));
    return edits.every((edit) => edit !== undefined) ? [{ ...fix, edits }] : [];
  });
}

const word = /^[^\s'"`\\${}[\]:,#]+$/;
const identifier = /^[A-Za-z_$][\w$]*$/;

/** Undefined where it would not be code, or not mean the same. */
function inCode({ span, text: to }: TextEdit, text: string): TextEdit | undefined {
  const value = /^(["'])(.*)\1$/.exec(to)?.[2] ?? to;
  if (!word.test(value)) return undefined;
  const written = text.slice(span.start, span.end);
  const quote = /^(['"`])[^'"`\\\n$]*\1$/.exec(written)?.[1];
  if (quote) return { span, text: quote + value + quote };
  const before = text.slice(0, span.start).trimEnd().at(-1);
  const isMember = before === '.' || ((before === '{' || before === ',') && /^\s*:/.test(text.slice(span.end)));
  return identifier.test(written) && identifier.test(value) && isMember ? { span, text: value } : undefined;
}
