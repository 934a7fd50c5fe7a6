// Random edits as people make them, and worse: a character, a word, a line that is typed, pasted, moved or indented, a name changed
// everywhere, something taken back, and texts that leave quotes, braces and indentation open.

export type Random = () => number;

const signs = [
  ':',
  ': ',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '\n',
  ' ',
  '  ',
  '\t',
  '#',
  ' # ',
  '- ',
  '-',
  '|',
  '>',
  '&a ',
  '*a',
  '<<: ',
];
const pieces = [
  ...signs,
  ...signs,
  '<<: *base\n',
  '&p ',
  '*p',
  '? ',
  '!',
  '!!str ',
  '${{',
  '}}',
  '${{ steps.',
  '${{ parameters.x }}',
  '${{ steps.a.outputs.o }}',
  '${{ data.d }}',
  '\r\n',
  '\r',
  '---\n',
  '\n...\n',
  '%YAML 1.2\n',
  '\ufeff',
  '数据',
  '🚀',
  '\\',
  '|\n      text\n',
  'x: y\n',
  'type: job\n',
  'type: model\n',
  'depend_steps: [a]\n',
  '    depend_steps: [a, b]\n',
  '    policy: { skip_conditions: parameters.x == 1 }\n',
  '  extra:\n    type: job\n    outputs: [o]\n',
  '  a:\n    type: dataset_import\n    outputs: [o]\n',
  '    inputs: { i: "${{ steps.a.outputs.o }}" }\n',
  'steps:\n',
  'parameters:\n',
  'data:\n',
  'scenes:\n  s: [a]\n',
  '"steps": [',
  '{ "name": "a", "type": "job" },',
  '$ref/parameters/p',
  'null',
];

/** The next version of a text. `past` are earlier versions of it, the newest last. */
export function edited(text: string, past: readonly string[], random: Random): string {
  const number = (below: number) => Math.floor(random() * below);
  const pick = <T>(all: readonly T[]): T => all[number(all.length)]!;
  /** Near a character that decides something, most often. */
  const place = () => {
    const at = number(text.length + 1);
    if (random() < 0.4) return at;
    const sign = text.slice(at).search(/[:"'{}[\]&*<|\n-]/);
    return sign < 0 ? at : Math.min(text.length, at + sign + number(2));
  };
  const splice = (from: number, remove: number, insert: string) => text.slice(0, from) + insert + text.slice(from + remove);
  const lineAt = (offset: number) => {
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const end = text.indexOf('\n', offset);
    return { start, end: end < 0 ? text.length : end + 1 };
  };
  const block = () => {
    const { start } = lineAt(number(text.length + 1));
    let { end } = lineAt(start);
    for (let more = number(6); more > 0 && end < text.length; more--) end = lineAt(end).end;
    return { start, end };
  };

  const kind = random();
  if (kind < 0.34) return splice(place(), 0, pick(pieces));
  if (kind < 0.5) return splice(place(), 1 + number(3), random() < 0.5 ? '' : pick(pieces));
  if (kind < 0.54) return splice(place(), number(120), random() < 0.5 ? '' : pick(pieces));
  if (kind < 0.6) {
    const { start, end } = block();
    return splice(start, end - start, '');
  }
  if (kind < 0.67) {
    const { start, end } = block();
    return splice(lineAt(number(text.length + 1)).start, 0, text.slice(start, end));
  }
  if (kind < 0.71) {
    const { start, end } = block();
    const cut = text.slice(start, end);
    const rest = text.slice(0, start) + text.slice(end);
    const to = rest.lastIndexOf('\n', number(rest.length + 1)) + 1;
    return rest.slice(0, to) + cut + rest.slice(to);
  }
  if (kind < 0.77) {
    const { start, end } = block();
    const lines = text.slice(start, end);
    const by = random() < 0.5 ? lines.replace(/^(?=.)/gm, pick([' ', '  ', '    ', '\t'])) : lines.replace(/^ {1,2}/gm, '');
    return splice(start, end - start, by);
  }
  if (kind < 0.86) {
    const words = text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? ['a'];
    const [word, other] = [pick(words), random() < 0.6 ? pick(words) : `${pick(words)}x`];
    if (random() < 0.3) return text.replaceAll(word, () => other);
    const hits = [...text.matchAll(new RegExp(word, 'g'))];
    const hit = pick(hits);
    return hit ? splice(hit.index, word.length, other) : text;
  }
  if (kind < 0.87)
    return pick(['', text.replaceAll('\n', '\r\n'), text.replaceAll('\r\n', '\n'), `${text}${text}`.slice(0, 6000)]);
  return past.length > 0 ? (random() < 0.7 ? past.at(-1)! : pick(past)) : text;
}
