// How a program that did not give its workflows failed, as a finding at the place in the document.
import type { Localized } from '../../core/text/diagnostic.ts';
import type { Span } from '../../core/text/source.ts';
import type { Answer } from './confined/protocol.ts';
import { callAt, type CodeFile, nodesNamed, spanOf, stringValue, textOf } from './code-file.ts';
import type { Problem } from './program.ts';

/** A failure of the author's code: where the innermost frame in the document stands. */
export function failureProblem(failed: Answer & { kind: 'failed' }, document: CodeFile): Problem {
  const { name, message, stack } = failed;
  const missing = missingExport(message, document);
  if (missing) return missing;
  const said = name && name !== 'Error' ? `${name}: ${message}` : message;
  const text: Localized = {
    en: `The file ends with an error: ${said || 'without a message'}`,
    zh: `文件运行出错：${said || '没有错误信息'}`,
  };
  return { code: 'typescript-error', message: text, span: frameSpan(stack, document) };
}

/** `at f (path:line:column)`; of a text that is no program, `path:line` and the line with a mark below. */
function frameSpan(stack: string, document: CodeFile): Span {
  const at = stack.indexOf(`${document.path}:`);
  const rest = at < 0 ? undefined : /^(\d+)(?::(\d+))?/.exec(stack.slice(at + document.path.length + 1));
  if (!rest) return { start: 0, end: Math.max(0, firstLine(document)) };
  const line = Number(rest[1]);
  const column = Number(rest[2] ?? 1);
  const call = callAt(document, line, column);
  const offset = document.source.lineStart(line - 1) + column - 1;
  if (call) return spanOf(call);
  const node = document.tree.resolveInner(offset, 1);
  return node.parent ? spanOf(node) : { start: offset, end: document.source.lineStart(line) - 1 };
}

function firstLine(document: CodeFile): number {
  return document.source.lineCount > 1 ? document.source.lineStart(1) - 1 : document.source.text.length;
}

/** An import of a name that the file does not export: at the name. */
function missingExport(message: string, document: CodeFile): Problem | undefined {
  const said = /requested module '(.+?)' does not provide an export named '(.+?)'/.exec(message);
  if (!said) return undefined;
  const [, specifier, name] = said as unknown as [string, string, string];
  for (const node of nodesNamed(document, new Set(['ImportDeclaration']))) {
    const from = node.getChild('String');
    if (!from || stringValue(document, from) !== specifier) continue;
    const group = node.getChild('ImportGroup');
    const names = group ? [...group.getChildren('VariableName'), ...group.getChildren('VariableDefinition')] : [];
    const place = names.find((each) => textOf(document, each) === name) ?? from;
    return {
      code: 'typescript-import',
      message: {
        en: `\`${specifier}\` exports no \`${name}\`. For a type write \`import type\`.`,
        zh: `\`${specifier}\` 没有导出 \`${name}\`。若是类型，请写 \`import type\`。`,
      },
      span: spanOf(place),
    };
  }
  return undefined;
}
