// What can be wrong with a text as text, each with its wording and its fix. Says nothing about workflows.
import type { Diagnostic, Fix, Localized } from '../text/diagnostic.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import type { Cursor } from './cursor.ts';
import { quote } from './quote.ts';

const codes = {
  syntax: 'yaml-syntax',
  quotes: 'expression-needs-quotes',
  duplicate: 'duplicate-key',
  documents: 'yaml-multiple-documents',
} as const;

function syntax(origin: Origin, message: Localized, fix?: () => Fix): Diagnostic {
  return { code: codes.syntax, severity: 'error', message, origin, ...(fix && { fixes: () => [fix()] }) };
}

function replaceFix(title: Localized, origin: Origin, text: string): () => Fix {
  return () => ({ title, preferred: true, edits: [{ span: spanOf(origin), text }] });
}

function quoteFix(origin: Origin, value: string): () => Fix {
  return replaceFix({ en: 'Put it in quotes', zh: '加上引号' }, origin, quote(value));
}

export function tabIndentation(cursor: Cursor, lineStart: number): Diagnostic {
  let end = lineStart;
  while (cursor.char(end) === '\t' || cursor.char(end) === ' ') end++;
  const spaces = ' '.repeat(cursor.column(end));
  const origin = cursor.origin(lineStart, end);
  return syntax(
    origin,
    { en: 'A tab cannot indent in YAML. Use two spaces for each level.', zh: 'YAML 不能用制表符缩进。请每级用两个空格。' },
    replaceFix({ en: 'Replace tabs with spaces', zh: '将制表符替换为空格' }, origin, spaces),
  );
}

export function unclosedQuote(cursor: Cursor, from: number, to: number): Diagnostic {
  const mark = cursor.char(from);
  return syntax(
    cursor.origin(from, to),
    { en: `The text is not closed: its end quote ${mark} is missing.`, zh: `文本未闭合：缺少结尾引号 ${mark}。` },
    replaceFix({ en: 'Add the end quote', zh: '补上结尾引号' }, cursor.origin(to, to), mark),
  );
}

export function nestedTooDeep(cursor: Cursor, at: number): Diagnostic {
  return syntax(cursor.origin(at, Math.min(at + 1, cursor.text.length)), {
    en: 'The text nests too deep to be read from here on.',
    zh: '文本嵌套过深，无法从此处继续读取。',
  });
}

export function unclosedBracket(cursor: Cursor, at: number, end: number): Diagnostic {
  const open = cursor.char(at);
  const closer = open === '[' ? ']' : '}';
  return syntax(
    cursor.origin(at, at + 1),
    { en: `This ${open} is not closed: ${closer} is missing.`, zh: `此处的 ${open} 未闭合：缺少 ${closer}。` },
    replaceFix({ en: `Add ${closer}`, zh: `补上 ${closer}` }, cursor.origin(end, end), closer),
  );
}

export function strayCharacter(cursor: Cursor, at: number): Diagnostic {
  const shown = cursor.char(at);
  return syntax(cursor.origin(at, at + 1), {
    en: `Nothing is open here that ${shown} could close.`,
    zh: `此处的 ${shown} 没有对应的开始符号。`,
  });
}

export function strayComma(cursor: Cursor, at: number): Diagnostic {
  return syntax(cursor.origin(at, at + 1), { en: 'A value is missing before this comma.', zh: '此逗号前缺少值。' });
}

export function missingComma(cursor: Cursor, at: number): Diagnostic {
  const place = cursor.origin(at, at);
  return syntax(
    cursor.origin(Math.max(0, at - 1), at),
    { en: 'A comma is missing after this entry.', zh: '此项之后缺少逗号。' },
    replaceFix({ en: 'Add a comma', zh: '补上逗号' }, place, ','),
  );
}

export function missingColon(cursor: Cursor, from: number, to: number): Diagnostic {
  const text = cursor.text.slice(from, to);
  return syntax(
    cursor.origin(from, to),
    { en: `A colon is missing: write \`${text}: value\`.`, zh: `缺少冒号：请写 \`${text}: 值\`。` },
    replaceFix({ en: 'Add a colon', zh: '补上冒号' }, cursor.origin(to, to), ':'),
  );
}

export function missingSpace(cursor: Cursor, colon: number): Diagnostic {
  const place = cursor.origin(colon + 1, colon + 1);
  return syntax(
    cursor.origin(colon, colon + 1),
    { en: 'A space is missing after the colon.', zh: '冒号后缺少空格。' },
    replaceFix({ en: 'Add a space', zh: '补上空格' }, place, ' '),
  );
}

export function badIndentation(cursor: Cursor, at: number, expected: number): Diagnostic {
  const start = cursor.lineStart(at);
  const origin = cursor.origin(start, at);
  const column = cursor.column(at);
  return syntax(
    start === at ? cursor.origin(at, at + 1) : origin,
    {
      en: `This line is indented by ${column}, but its neighbours by ${expected}.`,
      zh: `此行缩进为 ${column}，而相邻各行为 ${expected}。`,
    },
    replaceFix({ en: `Indent by ${expected}`, zh: `缩进改为 ${expected}` }, origin, ' '.repeat(expected)),
  );
}

export function listAmongKeys(cursor: Cursor, at: number): Diagnostic {
  return syntax(cursor.origin(at, at + 1), {
    en: 'A list item cannot stand among keys. Indent it below the key that it belongs to.',
    zh: '列表项不能与键并列。请缩进到所属的键之下。',
  });
}

export function listOnKeyLine(cursor: Cursor, at: number): Diagnostic {
  return syntax(cursor.origin(at, at + 1), {
    en: 'A list cannot begin on the line of its key. Begin it on the next line.',
    zh: '列表不能与键写在同一行。请另起一行。',
  });
}

export function nestedOnLine(cursor: Cursor, from: number, to: number): Diagnostic {
  const origin = cursor.origin(from, to);
  return syntax(
    origin,
    { en: 'A value with `: ` in it needs quotes.', zh: '含有 `: ` 的值需要引号。' },
    quoteFix(origin, cursor.text.slice(from, to)),
  );
}

export function textAfterValue(cursor: Cursor, from: number, to: number): Diagnostic {
  return syntax(cursor.origin(from, to), {
    en: 'Nothing may follow the value on this line.',
    zh: '此行的值之后不能再有内容。',
  });
}

export function reservedStart(cursor: Cursor, from: number, to: number): Diagnostic {
  const origin = cursor.origin(from, to);
  return syntax(
    origin,
    {
      en: `A value that begins with \`${cursor.char(from)}\` needs quotes.`,
      zh: `以 \`${cursor.char(from)}\` 开头的值需要引号。`,
    },
    quoteFix(origin, cursor.text.slice(from, to)),
  );
}

export function complexKey(cursor: Cursor, from: number, to: number): Diagnostic {
  return syntax(cursor.origin(from, to), { en: 'A key must be a text.', zh: '键必须是文本。' });
}

export function unexpectedContent(cursor: Cursor, from: number, to: number): Diagnostic {
  return syntax(cursor.origin(from, to), {
    en: 'This does not belong to anything above it. Check its indentation.',
    zh: '此处内容不属于上方任何项。请检查缩进。',
  });
}

export function notJson(cursor: Cursor, from: number, to: number, what: Localized): Diagnostic {
  return syntax(cursor.origin(from, to), { en: `JSON has no ${what.en}.`, zh: `JSON 不支持${what.zh}。` });
}

export function unknownAlias(name: string, origin: Origin): Diagnostic {
  return syntax(origin, {
    en: `There is no anchor &${name} above. A text that begins with * needs quotes.`,
    zh: `上文没有锚点 &${name}。以 * 开头的文本需要引号。`,
  });
}

export function aliasBomb(name: string, origin: Origin): Diagnostic {
  return syntax(origin, {
    en: `The aliases of this text add up to too much; *${name} is left out.`,
    zh: `此文本的别名展开后过大；已忽略 *${name}。`,
  });
}

export function badMerge(origin: Origin): Diagnostic {
  return syntax(origin, {
    en: '`<<` takes a map, an alias of one, or a list of them.',
    zh: '`<<` 的值应为映射、映射的别名，或它们的列表。',
  });
}

export function needsQuotes(cursor: Cursor, from: number, to: number, value: string): Diagnostic {
  const origin = cursor.origin(from, to);
  return {
    code: codes.quotes,
    severity: 'error',
    message: {
      en: 'This expression needs quotes here: without them YAML reads its signs as its own.',
      zh: '此处的表达式需要引号：否则 YAML 会把其中的符号当作自己的语法。',
    },
    origin,
    fixes: () => [quoteFix(origin, value)()],
  };
}

export function duplicateKey(key: string, origin: Origin, first: Origin): Diagnostic {
  return {
    code: codes.duplicate,
    severity: 'error',
    message: { en: `The key "${key}" is repeated.`, zh: `键“${key}”重复。` },
    origin,
    related: [{ origin: first, message: { en: 'It is first written here.', zh: '首次出现在此处。' } }],
  };
}

export function multipleDocuments(origin: Origin): Diagnostic {
  return {
    code: codes.documents,
    severity: 'error',
    message: {
      en: 'A workflow file holds one document; what follows here is not read. Move it to a file of its own.',
      zh: '一个工作流文件只能包含一个文档；此后的内容不会被读取。请移到单独的文件中。',
    },
    origin,
  };
}
