// The grammar of what a scalar may refer to: `${{ ref }}` and `${{ storage }}/text` in a file, `$ref/...` in a body.
// Says what is written, not whether it exists: joining uses to declarations is bind.ts.
import type { DataReference, Name, OutputReference, Reference, StorageReference } from '../ir/workflow.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import { nearest } from './nearest.ts';
import { plainName, quote, Scanner } from './scanner.ts';

/** What a scalar turned out to be. */
export type Reading =
  | { readonly kind: 'reference'; readonly reference: Reference }
  /** A literal after all: `$${{` unescaped, or a raw `$ref/...` in a file, which is itself plus a warning. */
  | { readonly kind: 'literal'; readonly text: string; readonly finding?: Diagnostic }
  | { readonly kind: 'broken'; readonly finding: Diagnostic };

export const referenceRoots = ['parameters', 'data', 'storages', 'steps'] as const;
/** The file's roots plus the explicit one for a name that both `data` and `data_requirements` have. */
const ROOTS = [...referenceRoots, 'data_requirements'] as const;

/** Reads a scalar of a file. Undefined where it is plain text that needs no second look. */
export function parseReference(text: string, origin: Origin): Reading | undefined {
  if (text.startsWith('$ref/')) return rawWire(text, origin);
  const open = text.indexOf('${{');
  if (open < 0) return undefined;
  const scanner = new Scanner(text, origin);
  scanner.skipSpace();
  if (scanner.takeText('${{')) {
    const reference = scanBraced(scanner);
    return reference ? { kind: 'reference', reference } : { kind: 'broken', finding: scanner.finding! };
  }
  if (/(?<!\$)\$\{\{/.test(text)) {
    const from = text.search(/(?<!\$)\$\{\{/);
    mixedText(scanner, from, text.length);
    return { kind: 'broken', finding: scanner.finding! };
  }
  return { kind: 'literal', text: text.replaceAll('$${{', () => '${{') };
}

/** A literal as `parseReference` reads it back. */
export function escapeLiteral(text: string): string {
  return text.replaceAll('${{', () => '$${{');
}

/** The whole scalar of a file: `${{ steps.train.outputs.model }}`. */
export function printReference(reference: Reference): string {
  const path = reference.root === 'storages' ? reference.path : '';
  return `\${{ ${printTarget(reference)} }}${path}`;
}

/**
 * What stands between the braces. A data reference prints as `data.x`; `explicitSection` keeps `data_requirements.x` apart,
 * for documents that have the name in both.
 */
export function printTarget(reference: Reference, explicitSection = false): string {
  switch (reference.root) {
    case 'parameters':
      return `parameters${segment(reference.name.text)}`;
    case 'data': {
      const root = explicitSection && reference.section === 'data_requirements' ? 'data_requirements' : 'data';
      return root + segment(reference.name.text);
    }
    case 'storages':
      return `storages${segment(reference.name.text)}${flags(reference, (value) => String(value), ', ')}`;
    case 'steps': {
      const key = reference.key ? segment(reference.key.text) : '';
      return `steps${segment(reference.step.text)}.outputs${segment(reference.output.text)}${key}`;
    }
  }
}

/** Reads a scalar of a body. Undefined where it does not start with `$ref/`. */
export function parseWireReference(text: string, origin: Origin): Reading | undefined {
  if (!text.startsWith('$ref/')) return undefined;
  const scanner = new Scanner(text, origin);
  scanner.at = '$ref/'.length;
  const reference = scanWire(scanner);
  return reference ? { kind: 'reference', reference } : { kind: 'broken', finding: scanner.finding! };
}

/** The wire form. `section` of a data reference must be known here: it is that of the declaration, else `data`. */
export function printWireReference(reference: Reference): string {
  switch (reference.root) {
    case 'parameters':
      return `$ref/parameters/${reference.name.text}`;
    case 'data':
      return `$ref/${reference.section ?? 'data'}/${reference.name.text}`;
    case 'storages': {
      const options = flags(reference, (value) => (value ? 'True' : 'False'), ', ');
      return `$ref/storages${options}/${reference.name.text}${reference.path}`;
    }
    case 'steps': {
      const key = reference.key ? `/${reference.key.text}` : '';
      return `$ref/consumptions/${reference.step.text}/${reference.output.text}${key}`;
    }
  }
}

/** `root seg {seg}` at the cursor: the part that values and conditions share. */
export function scanReference(scanner: Scanner): Reference | undefined {
  const from = scanner.at;
  const root = scanner.word();
  if (!root) {
    const { en, zh } = scanner.here;
    return scanner.fail('expression-syntax', {
      en: `A reference is expected before ${en}, such as \`parameters.x\` or \`steps.a.outputs.b\`.`,
      zh: `${zh}之前应是一个引用，例如 \`parameters.x\` 或 \`steps.a.outputs.b\`。`,
    });
  }
  switch (root.text) {
    case 'parameters': {
      const name = scanSegment(scanner, root.text);
      return name && noMore(scanner, { root: 'parameters', name });
    }
    case 'data':
    case 'data_requirements': {
      const name = scanSegment(scanner, root.text);
      const section = root.text === 'data_requirements' ? { section: root.text as DataReference['section'] & string } : {};
      return name && noMore(scanner, { root: 'data', name, ...section });
    }
    case 'storages':
      return scanStorage(scanner);
    case 'steps':
      return scanOutput(scanner);
    default:
      return unknownRoot(scanner, root, from);
  }
}

// ---- the file's grammar

function scanBraced(scanner: Scanner): Reference | undefined {
  scanner.skipSpace();
  const reference = scanReference(scanner);
  if (!reference) return undefined;
  scanner.skipSpace();
  if (!scanner.takeText('}}')) return unclosed(scanner);
  const after = scanner.at;
  const rest = scanner.text.slice(after).trimEnd();
  if (rest === '') return reference;
  if (reference.root === 'storages' && rest.startsWith('/') && !rest.includes('${{')) return { ...reference, path: rest };
  return mixedText(scanner, after, after + rest.length);
}

function scanSegment(scanner: Scanner, of: string): Name | undefined {
  if (scanner.takeText('.')) {
    const word = scanner.word();
    if (word) return word;
  } else if (scanner.takeText('[')) {
    scanner.skipSpace();
    const name = scanner.quoted();
    scanner.skipSpace();
    if (name && scanner.takeText(']')) return name;
  }
  const { en, zh } = scanner.here;
  return scanner.fail('expression-syntax', {
    en: `A name is expected after \`${of}\`, not ${en}: write \`.name\` or \`['any text']\`.`,
    zh: `\`${of}\` 之后应是名称，而不是${zh}：请写 \`.name\` 或 \`['任意文本']\`。`,
  });
}

function noMore(scanner: Scanner, reference: Reference): Reference | undefined {
  if (scanner.text[scanner.at] !== '.' && scanner.text[scanner.at] !== '[') return reference;
  const target = printTarget(reference);
  return scanner.fail('expression-syntax', {
    en: `\`${target}\` has no members; the reference ends with the name.`,
    zh: `\`${target}\` 没有成员；引用到名称为止。`,
  });
}

function scanStorage(scanner: Scanner): StorageReference | undefined {
  const name = scanSegment(scanner, 'storages');
  if (!name) return undefined;
  const found: { createDir?: boolean; withExecutionId?: boolean } = {};
  scanner.skipSpace();
  if (scanner.takeText('(')) {
    do {
      scanner.skipSpace();
      if (!scanFlag(scanner, found)) return undefined;
      scanner.skipSpace();
    } while (scanner.takeText(','));
    if (!scanner.takeText(')')) return badFlags(scanner);
  }
  return noMore(scanner, { root: 'storages', name, ...found, path: '' }) as StorageReference | undefined;
}

/** Reads `flag=bool` of either form: the wire writes the booleans as Python does. */
function scanFlag(scanner: Scanner, into: { createDir?: boolean; withExecutionId?: boolean }): boolean {
  const from = scanner.at;
  const match = scanner.take(/(create_dir|with_execution_id)\s*=\s*(true|false)/iy);
  if (!match) {
    scanner.at = from;
    badFlags(scanner);
    return false;
  }
  const value = match[2]!.toLowerCase() === 'true';
  if (match[1]!.toLowerCase() === 'create_dir') into.createDir = value;
  else into.withExecutionId = value;
  return true;
}

function scanOutput(scanner: Scanner): OutputReference | undefined {
  const step = scanSegment(scanner, 'steps');
  if (!step) return undefined;
  const from = scanner.at;
  if (!scanner.take(/\.outputs(?![\p{L}\p{N}_-])/uy)) {
    return scanner.fail(
      'expression-syntax',
      {
        en: `What other steps can read of \`${step.text}\` is its outputs: write \`steps${segment(step.text)}.outputs.<output>\`.`,
        zh: `其他步骤只能读取“${step.text}”的输出：请写 \`steps${segment(step.text)}.outputs.<output>\`。`,
      },
      scanner.done ? 0 : from,
      scanner.done ? scanner.text.length : undefined,
    );
  }
  const output = scanSegment(scanner, 'outputs');
  if (!output) return undefined;
  const next = scanner.text[scanner.at];
  if (next !== '.' && next !== '[') return { root: 'steps', step, output };
  const key = scanSegment(scanner, output.text);
  return key && (noMore(scanner, { root: 'steps', step, output, key }) as OutputReference | undefined);
}

// ---- the wire's grammar: names are parted by slashes only, as parameter names may hold hyphens

function scanWire(scanner: Scanner): Reference | undefined {
  const from = scanner.at;
  const collection = scanner.take(/[^/(]*/y)![0];
  switch (collection) {
    case 'parameters': {
      const name = wireName(scanner, true);
      return name && { root: 'parameters', name };
    }
    case 'data':
    case 'data_requirements': {
      const name = wireName(scanner, true);
      return name && { root: 'data', name, section: collection };
    }
    case 'storages': {
      const found: { createDir?: boolean; withExecutionId?: boolean } = {};
      if (scanner.takeText('(')) {
        do {
          scanner.skipSpace();
          if (!scanFlag(scanner, found)) return undefined;
          scanner.skipSpace();
        } while (scanner.takeText(','));
        if (!scanner.takeText(')')) return badFlags(scanner);
      }
      const name = wireName(scanner, false);
      return name && { root: 'storages', name, ...found, path: scanner.text.slice(scanner.at) };
    }
    case 'consumptions': {
      const step = wireName(scanner, false);
      const output = step && wireName(scanner, false);
      if (!output) return undefined;
      if (scanner.done) return { root: 'steps', step, output };
      const key = wireName(scanner, true);
      return key && { root: 'steps', step, output, key };
    }
    default: {
      const known = '`parameters`, `data`, `data_requirements`, `consumptions`, `storages`';
      return scanner.fail(
        'ref-root-unknown',
        {
          en: `\`$ref/${collection}\` is not known; a reference starts with one of ${known}.`,
          zh: `未知的 \`$ref/${collection}\`；引用应以 ${known} 之一开头。`,
        },
        from,
        Math.max(scanner.at, from),
      );
    }
  }
}

function wireName(scanner: Scanner, last: boolean): Name | undefined {
  const slash = scanner.takeText('/');
  const from = scanner.at;
  const text = slash ? scanner.take(last ? /[^]*/y : /[^/]*/y)![0] : '';
  if (text !== '') return { text, origin: scanner.origin(from) };
  return scanner.fail(
    'expression-syntax',
    {
      en: `The reference \`${scanner.text}\` is incomplete: a name is missing after \`${scanner.text.slice(0, from)}\`.`,
      zh: `引用 \`${scanner.text}\` 不完整：\`${scanner.text.slice(0, from)}\` 之后缺少名称。`,
    },
    0,
    scanner.text.length,
  );
}

// ---- findings

function unknownRoot(scanner: Scanner, root: Name, from: number): undefined {
  const suggestion = nearest(root.text, ROOTS);
  const known = referenceRoots.map((name) => `\`${name}\``).join(', ');
  return scanner.fail(
    'ref-root-unknown',
    {
      en: `\`${root.text}\` is nothing that can be referred to${suggestion ? `; did you mean \`${suggestion}\`?` : `: known are ${known}.`}`,
      zh: `“${root.text}”不可引用${suggestion ? `；是否想写 \`${suggestion}\`？` : `：可用的有 ${known}。`}`,
    },
    from,
    scanner.at,
    suggestion,
  );
}

function unclosed(scanner: Scanner): undefined {
  if (scanner.done) {
    return scanner.fail(
      'expression-syntax',
      { en: 'The expression is not closed: `}}` is missing.', zh: '表达式未闭合：缺少 `}}`。' },
      0,
      scanner.text.length,
    );
  }
  const { en, zh } = scanner.here;
  return scanner.fail('expression-syntax', {
    en: `\`}}\` is expected, not ${en}: a value is one reference, without operators.`,
    zh: `此处应为 \`}}\`，而不是${zh}：一个值只能是一个引用，不含运算符。`,
  });
}

function mixedText(scanner: Scanner, from: number, to: number): undefined {
  return scanner.fail(
    'expression-mixed-text',
    {
      en: 'A reference is the whole value; other text around it would not be replaced by the service. Only a path after a storage can follow: `${{ storages.x }}/dir/`. For the characters themselves write `$${{`.',
      zh: '引用必须是整个值，服务不会替换文本中的引用。只有存储之后可以接路径：`${{ storages.x }}/dir/`。若要写字符本身，请写 `$${{`。',
    },
    from,
    to,
  );
}

function badFlags(scanner: Scanner): undefined {
  const { en, zh } = scanner.here;
  return scanner.fail('expression-syntax', {
    en: `The flags of a storage are \`create_dir=true|false\` and \`with_execution_id=true|false\`, parted by commas; found ${en}.`,
    zh: `存储的选项为 \`create_dir=true|false\` 与 \`with_execution_id=true|false\`，以逗号分隔；此处是${zh}。`,
  });
}

function rawWire(text: string, origin: Origin): Reading {
  const read = parseWireReference(text, origin);
  const print = read?.kind === 'reference' ? printReference(read.reference) : undefined;
  const finding: Diagnostic = {
    code: 'reference-wire-form',
    severity: 'warning',
    message: {
      en: `\`${text}\` is the form of a request body; here it is plain text.${print ? ` Write \`${print}\` to refer to it.` : ''}`,
      zh: `\`${text}\` 是请求体中的写法，在此处只是普通文本。${print ? `若要引用，请写 \`${print}\`。` : ''}`,
    },
    origin,
    ...(print && {
      fixes: () => [
        {
          title: { en: `Change to \`${print}\``, zh: `改为 \`${print}\`` },
          edits: [{ span: spanOf(origin), text: `"${print}"` }],
          preferred: true,
        },
      ],
    }),
  };
  return { kind: 'literal', text, finding };
}

// ---- printing

function segment(name: string): string {
  return plainName.test(name) ? `.${name}` : `[${quote(name)}]`;
}

function flags(reference: StorageReference, print: (value: boolean) => string, separator: string): string {
  const parts = [];
  if (reference.withExecutionId !== undefined) parts.push(`with_execution_id=${print(reference.withExecutionId)}`);
  if (reference.createDir !== undefined) parts.push(`create_dir=${print(reference.createDir)}`);
  return parts.length ? `(${parts.join(separator)})` : '';
}
