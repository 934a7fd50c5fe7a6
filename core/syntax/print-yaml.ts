// YAML text of plain data, in the style of a hand-written workflow file: blocks, short lists in brackets, quotes only where
// some tool would misread the text without them. YAML 1.1 tools count: `yes`, `1:20`, `007` and `2024-01-01` are quoted.

export type YamlNode = YamlScalar | YamlMap | YamlList;

export interface YamlScalar {
  readonly kind: 'scalar';
  /** Null is written as nothing: `key:`. */
  readonly value: string | number | boolean | null;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  /** Collections that take more than a line are set apart by an empty one. */
  readonly airy?: boolean;
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlNode;
  /** The key has quotes, though it needs none: it is not the key that the language knows. */
  readonly quoted?: boolean;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  /** Each item has a line of its own. */
  readonly block?: boolean;
}

const width = 120;

/** The text of a document, with its final line break. */
export function printYaml(root: YamlMap): string {
  return root.entries.length === 0 ? '{}\n' : `${printMap(root, 0).join('\n')}\n`;
}

function printMap(map: YamlMap, indent: number): string[] {
  const lines: string[] = [];
  let apart = false;
  for (const [index, { key, value, quoted }] of map.entries.entries()) {
    const block = printEntry(`${quoted ? doubleQuoted(key) : printKey(key)}:`, value, indent);
    const large = map.airy === true && value.kind !== 'scalar' && block.length > 1;
    if (index > 0 && (large || apart)) lines.push('');
    lines.push(...block);
    apart = large;
  }
  return lines;
}

/** An expression is no key; one that is cut short would go on behind the colon. */
function printKey(key: string): string {
  return key.includes('${{') ? doubleQuoted(key) : scalarText(key, false);
}

/** `head` is `key:`; the value follows on its line or below it. */
function printEntry(head: string, value: YamlNode, indent: number): string[] {
  const pad = ' '.repeat(indent);
  if (value.kind === 'map' && value.entries.length > 0) return [pad + head, ...printMap(value, indent + 2)];
  if (value.kind === 'list' && value.items.length > 0) {
    const flow = printFlow(value);
    if (flow !== undefined && pad.length + head.length + flow.length < width) return [`${pad}${head} ${flow}`];
    return [pad + head, ...printList(value, indent + 2)];
  }
  return printLeaf(pad + head, value, indent);
}

function printList(list: YamlList, indent: number): string[] {
  const pad = ' '.repeat(indent);
  return list.items.flatMap((item) => {
    const nested = item.kind === 'map' && item.entries.length > 0 ? printMap(item, indent + 2) : undefined;
    const inner = nested ?? (item.kind === 'list' && item.items.length > 0 ? printList(item, indent + 2) : undefined);
    if (!inner) return printLeaf(`${pad}-`, item, indent);
    return [`${pad}- ${inner[0]!.slice(indent + 2)}`, ...inner.slice(1)];
  });
}

/** A scalar or an empty collection behind its key or dash. */
function printLeaf(head: string, value: YamlNode, indent: number): string[] {
  if (value.kind === 'map') return [`${head} {}`];
  if (value.kind === 'list') return [`${head} []`];
  if (value.value === null) return [head];
  if (typeof value.value !== 'string') return [`${head} ${value.value}`];
  const block = printBlock(value.value, indent + 2);
  return block ? [`${head} ${block[0]}`, ...block.slice(1)] : [`${head} ${scalarText(value.value, false)}`];
}

/** Undefined where an item needs a line of its own, as expressions do. */
function printFlow(list: YamlList): string | undefined {
  const items: string[] = [];
  if (list.block) return undefined;
  for (const item of list.items) {
    if (item.kind !== 'scalar' || item.value === null) return undefined;
    if (typeof item.value !== 'string') items.push(String(item.value));
    else if (/[\n{}]/.test(item.value)) return undefined;
    else items.push(scalarText(item.value, true));
  }
  return `[${items.join(', ')}]`;
}

/** A text of several lines as it reads, where nothing of it can get lost. */
function printBlock(text: string, indent: number): string[] | undefined {
  if (!/^\S/.test(text) || !text.includes('\n') || !printable.test(text) || /[ \t](?:\n|$)|\n\n$|^\n*$/.test(text))
    return undefined;
  const ends = text.endsWith('\n');
  const lines = (ends ? text.slice(0, -1) : text).split('\n');
  if (lines.some((line) => line.startsWith('\t'))) return undefined;
  return [ends ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line))];
}

/** Line feed, and what needs no escape in any version of YAML. */
const printable = /^[\n\x20-\x7e\xa1-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;
/** Separators of lines and paragraphs, which some versions of YAML take for line breaks. */
const separator = /[\u2028\u2029\u0085]/;

/** A text as a scalar that every tool reads as that text: without quotes where it can be. */
export function scalarText(text: string, inFlow: boolean): string {
  if (isPlain(text, inFlow)) return text;
  const single = printable.test(text) && !separator.test(text) && !text.includes('\n');
  if (single && /["\\]/.test(text) && !text.includes("'")) return `'${text}'`;
  return doubleQuoted(text);
}

/** As JSON, with what JSON leaves bare and YAML does not. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether the text stands without quotes and is a text to every reader. */
function isPlain(text: string, inFlow: boolean): boolean {
  if (!printable.test(text) || separator.test(text) || text.includes('\n') || text !== text.trim() || text === '') return false;
  if (/^[?:,[\]{}#&*!|>'"%@`=]|^-(?:$|[\s-])|^\.\.\.|: |:$| #/.test(text)) return false;
  if (inFlow && /[,[\]{}:?]/.test(text)) return false;
  return !words.test(text) && !numbers.some((pattern) => pattern.test(text));
}

const words = /^(?:~|null|true|false|yes|no|on|off|y|n|<<)$/i;

/** Numbers and times of YAML 1.1 and 1.2. */
const numbers: readonly RegExp[] = [
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-fA-F_]+)$/,
  /^[-+]?[\d_]*\.?[\d_]*(?:[eE][-+]?\d+)?$/,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
  /^\d{4}-\d\d?-\d\d?/,
];
