// Text of the few expressions that a generated program has: objects, lists, calls, and code as it is. What fits stands on one line.

export type Code =
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Code])[] }
  | { readonly kind: 'list'; readonly items: readonly Code[] }
  | { readonly kind: 'call'; readonly callee: string; readonly of: readonly Code[] };

const width = 110;

/** `before`: how much of the line is taken, in front and behind. */
export function printCode(code: Code, indent = 0, before = 0): string {
  const short = inLine(code);
  if (indent + before + short.length <= width || code.kind === 'code') return short;
  const pad = ' '.repeat(indent + 2);
  const end = `\n${' '.repeat(indent)}`;
  switch (code.kind) {
    case 'object': {
      const lines = code.entries.map(([key, value]) => {
        const head = keyed(key, value) ?? `${keyText(key)}: `;
        return `${pad}${head}${keyed(key, value) ? '' : printCode(value, indent + 2, head.length + 1)},\n`;
      });
      return `{\n${lines.join('')}${' '.repeat(indent)}}`;
    }
    case 'list':
      return `[\n${code.items.map((item) => `${pad}${printCode(item, indent + 2, 1)},\n`).join('')}${' '.repeat(indent)}]`;
    case 'call': {
      const last = code.of.at(-1);
      const first = code.of
        .slice(0, -1)
        .map((each) => `${inLine(each)}, `)
        .join('');
      // One object at the end opens on the line of the call.
      if (last && last.kind !== 'code' && !code.of.slice(0, -1).some(({ kind }) => kind === 'object'))
        return `${code.callee}(${first}${printCode(last, indent, width)})`;
      return `${code.callee}(${code.of.map((each) => `\n${pad}${printCode(each, indent + 2, 1)},`).join('')}${end})`;
    }
  }
}

function inLine(code: Code): string {
  switch (code.kind) {
    case 'code':
      return code.text;
    case 'object':
      if (code.entries.length === 0) return '{}';
      return `{ ${code.entries.map(([key, value]) => keyed(key, value) ?? `${keyText(key)}: ${inLine(value)}`).join(', ')} }`;
    case 'list':
      return `[${code.items.map(inLine).join(', ')}]`;
    case 'call':
      return `${code.callee}(${code.of.map(inLine).join(', ')})`;
  }
}

/** `{ epochs }` in place of `{ epochs: epochs }`. */
function keyed(key: string, value: Code): string | undefined {
  return value.kind === 'code' && value.text === key ? key : undefined;
}

function keyText(key: string): string {
  return isIdentifier(key) ? key : textLiteral(key);
}

export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(text);
}

export function textLiteral(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}
