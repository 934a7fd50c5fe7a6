// A document with all that it imports: types stripped, parsed, each import led to its module. What stands in the way is a finding at
// its place in the document; the files that were looked at are named, so that a change of one is seen.
import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { SyntaxNode } from '@lezer/common';
import type { Localized } from '../../core/text/diagnostic.ts';
import type { Span } from '../../core/text/source.ts';
import { allowedModule, allowedModules } from './confined/allowed.ts';
import type { ModuleCode, Program } from './confined/protocol.ts';
import { type CodeFile, codeFile, nodesNamed, spanOf, stringValue } from './code-file.ts';
import { stripTypes } from './strip-types.ts';

export interface Problem {
  readonly code: string;
  readonly message: Localized;
  readonly span: Span;
}

export interface GatheredProgram {
  /** Undefined where the document itself cannot be read as TypeScript. */
  readonly document: CodeFile | undefined;
  /** By path. */
  readonly files: ReadonlyMap<string, CodeFile>;
  readonly problems: readonly Problem[];
  readonly program: Program;
  /** Absolute paths besides the document's own; also of files that are not there. */
  readonly dependencies: readonly string[];
}

/** Of a file that is open in an editor, what it holds there; undefined for one to be read from disk. */
export type TextOf = (path: string) => string | undefined;

/** `root`: no import leads out of it. */
export function gatherProgram(path: string, text: string, root: string, textOf: TextOf = () => undefined): GatheredProgram {
  const files = new Map<string, CodeFile>();
  const modules = new Map<string, ModuleCode>();
  const problems: Problem[] = [];
  const dependencies = new Set<string>();
  let document: CodeFile | undefined;

  /** `report` puts a problem where the document leads to this file. */
  function add(file: string, content: string, report: (problem: Omit<Problem, 'span'>, own?: Span) => void): void {
    const stripped = stripTypes(content);
    if (stripped.kind !== 'code')
      return report(strippingProblem(stripped, file), stripped.kind === 'wrong' ? stripped.span : undefined);
    const whole = codeFile(file, content, stripped.code);
    if (file === path) document = whole;
    files.set(file, whole);
    const imports: Record<string, string> = {};
    const code = { path: file, code: withoutAttributes(whole), imports };
    modules.set(file, code);
    for (const node of nodesNamed(whole, new Set(['DynamicImport']))) report(dynamicImport, spanOf(node));
    for (const node of importsOf(whole)) {
      const specifier = stringValue(whole, node)!;
      if (specifier === 'weft') continue;
      const inner = (problem: Omit<Problem, 'span'>, own?: Span) => {
        // A mistake in another file is told at the import that leads there.
        void own;
        report(problem, spanOf(node));
      };
      const allowed = allowedModule(specifier);
      if (allowed) imports[specifier] = allowed;
      else if (!/^\.{1,2}\//.test(specifier)) inner(notAllowed(specifier));
      else follow(file, specifier, imports, inner);
    }
  }

  function follow(
    from: string,
    specifier: string,
    imports: Record<string, string>,
    report: (problem: Omit<Problem, 'span'>, own?: Span) => void,
  ): void {
    const wanted = resolve(dirname(from), specifier);
    if (!isBelow(root, wanted)) return report(outside(specifier, root));
    for (const candidate of candidates(wanted)) {
      const content = textOf(candidate) ?? readIfThere(candidate);
      dependencies.add(candidate);
      if (content === undefined) continue;
      // A link may lead out of the folder.
      if (!isBelow(realPath(root), realPath(candidate))) return report(outside(specifier, root));
      imports[specifier] = candidate;
      if (modules.has(candidate)) return;
      if (candidate.endsWith('.json')) {
        const mistake = jsonMistake(content);
        if (mistake !== undefined) return report(brokenJson(candidate, mistake));
        modules.set(candidate, { path: candidate, code: content, json: true, imports: {} });
        return;
      }
      return add(candidate, content, report);
    }
    report(notFound(specifier, dirname(from)));
  }

  add(path, text, (problem, span) => problems.push({ ...problem, span: span ?? { start: 0, end: 0 } }));
  return { document, files, problems, program: { modules: [...modules.values()] }, dependencies: [...dependencies] };
}

/** The texts after `from` and of bare imports. */
function* importsOf(file: CodeFile): Generator<SyntaxNode> {
  for (let node = file.tree.topNode.firstChild; node; node = node.nextSibling) {
    if (node.name !== 'ImportDeclaration' && node.name !== 'ExportDeclaration') continue;
    const text = node.getChild('String');
    if (text && (node.name === 'ImportDeclaration' || node.getChild('from'))) yield text;
  }
}

/** `with { type: 'json' }` says what the file's name says already; blanked, so that positions stay. */
function withoutAttributes(file: CodeFile): string {
  let { code } = file;
  for (const node of importsOf(file)) {
    const attributes = /^\s*with\s*\{[^}]*\}/.exec(code.slice(node.to));
    if (attributes)
      code = code.slice(0, node.to) + attributes[0].replace(/[^\r\n]/g, ' ') + code.slice(node.to + attributes[0].length);
  }
  return code;
}

/** As TypeScript finds files: as named, `.js` for `.ts`, without an extension. */
function candidates(wanted: string): readonly string[] {
  const extension = extname(wanted);
  if (extension === '.js' || extension === '.mjs') {
    return [`${wanted.slice(0, -extension.length)}${extension === '.js' ? '.ts' : '.mts'}`, wanted];
  }
  if (['.ts', '.mts', '.json'].includes(extension)) return [wanted];
  return [`${wanted}.ts`, `${wanted}.json`, join(wanted, 'index.ts')];
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && !way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function jsonMistake(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

// ---- problems

function strippingProblem(
  stripped: Exclude<ReturnType<typeof stripTypes>, { kind: 'code' }>,
  file: string,
): Omit<Problem, 'span'> {
  const { message } = stripped;
  if (stripped.kind === 'unable') {
    return {
      code: 'typescript-unavailable',
      message: {
        en: `Workflows in TypeScript need a Node that strips types (22.13 or newer, as nodejs.org builds it); the setting weft.engine.nodePath names one. ${message}`,
        zh: `TypeScript 工作流需要支持类型剥离的 Node（nodejs.org 发布的 22.13 或更高版本），可在设置 weft.engine.nodePath 中指定。${message}`,
      },
    };
  }
  return stripped.unsupported
    ? {
        code: 'typescript-unsupported',
        message: {
          en: `${message}. Workflow files are run without a compiler; use what is plain JavaScript with types, such as \`as const\` objects instead of enums.`,
          zh: `${message}。工作流文件不经编译直接运行，请只使用带类型的普通 JavaScript，例如用 \`as const\` 对象代替 enum。`,
        },
      }
    : {
        code: 'typescript-syntax',
        message: { en: `${basename(file)}: ${message}.`, zh: `${basename(file)}：${message}。` },
      };
}

const dynamicImport: Omit<Problem, 'span'> = {
  code: 'typescript-import',
  message: {
    en: '`import(...)` is not possible in a workflow file. Write `import ... from` at the top of the file.',
    zh: '工作流文件中不能使用 `import(...)`，请在文件开头写 `import ... from`。',
  },
};

function notAllowed(specifier: string): Omit<Problem, 'span'> {
  const known = ["'weft'", ...Object.keys(allowedModules).map((name) => `'${name}'`)].join(', ');
  return {
    code: 'typescript-import',
    message: {
      en: `\`${specifier}\` cannot be imported: a workflow file runs confined, without files, network and processes. There are ${known} and relative imports of .ts and .json files.`,
      zh: `不能导入 \`${specifier}\`：工作流文件在受限环境中运行，不能访问文件、网络与进程。可用的有 ${known}，以及 .ts 与 .json 文件的相对导入。`,
    },
  };
}

function outside(specifier: string, root: string): Omit<Problem, 'span'> {
  return {
    code: 'typescript-import',
    message: {
      en: `\`${specifier}\` leads out of ${root}; a workflow file imports only from below the workspace.`,
      zh: `\`${specifier}\` 指向 ${root} 之外；工作流文件只能导入工作区内的文件。`,
    },
  };
}

function notFound(specifier: string, folder: string): Omit<Problem, 'span'> {
  return {
    code: 'typescript-import',
    message: { en: `There is no \`${specifier}\` in ${folder}.`, zh: `${folder} 中没有 \`${specifier}\`。` },
  };
}

function brokenJson(file: string, message: string): Omit<Problem, 'span'> {
  return {
    code: 'typescript-import',
    message: { en: `${basename(file)} is no JSON: ${message}`, zh: `${basename(file)} 不是有效的 JSON：${message}` },
  };
}
