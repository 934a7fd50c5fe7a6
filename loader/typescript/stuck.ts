// Finds the loop in which a program is stuck: it is run once more with a check in every loop and function, which ends it after a while and
// says where it was. Positions are those of the document, since each check carries its own.
import type { SyntaxNode } from '@lezer/common';
import type { ModuleCode, Program } from './confined/protocol.ts';
import { type CodeFile, nodesNamed, spanOf } from './code-file.ts';
import { createSandbox, type SandboxLimits, usualLimits } from './sandbox.ts';
import type { Span } from '../../core/text/source.ts';

const loops: ReadonlySet<string> = new Set(['ForStatement', 'WhileStatement', 'DoStatement']);
const bodies: ReadonlySet<string> = new Set([
  ...loops,
  'FunctionDeclaration',
  'FunctionExpression',
  'MethodDeclaration',
  'ArrowFunction',
]);
const mark = 'weft stopped here: ';

export interface StuckPlace {
  readonly path: string;
  /** The head of the loop or function. */
  readonly span: Span;
}

/** `after`: milliseconds in which a program that ends would have ended. Undefined where it did end, or not in a loop. */
export async function findLoop(
  limits: SandboxLimits,
  program: Program,
  files: ReadonlyMap<string, CodeFile>,
  after: number,
  signal?: AbortSignal,
): Promise<StuckPlace | undefined> {
  const places: StuckPlace[] = [];
  const modules = program.modules.map((module) => watched(module, files.get(module.path), places, after));
  // Room and time enough for the check to come before the limit that ended the program, also where the machine is busy.
  const sandbox = createSandbox({
    milliseconds: Math.max(limits.milliseconds, usualLimits.milliseconds),
    megabytes: limits.megabytes * 4,
  });
  const outcome = await sandbox.evaluate({ modules }, signal);
  sandbox.dispose();
  if (outcome.kind !== 'failed' || !outcome.message.startsWith(mark)) return undefined;
  return places[Number(outcome.message.slice(mark.length))];
}

function watched(module: ModuleCode, file: CodeFile | undefined, places: StuckPlace[], after: number): ModuleCode {
  if (!file) return module;
  const inserts: { readonly at: number; readonly text: string }[] = [];
  for (const node of nodesNamed(file, bodies)) {
    const body = bodyOf(node);
    if (!body || (body.name !== 'Block' && !loops.has(node.name))) continue;
    const call = `__weftWatch(${places.length});`;
    places.push({ path: module.path, span: headOf(node, body) });
    if (body.name === 'Block') inserts.push({ at: body.from + 1, text: call });
    else inserts.push({ at: body.from, text: `{${call}` }, { at: body.to, text: '}' });
  }
  let code = module.code;
  for (const { at, text } of inserts.toSorted((a, b) => b.at - a.at)) code = code.slice(0, at) + text + code.slice(at);
  // Imports are hoisted, so what stands before them is run after them: each module has a clock of its own.
  const watch = `let __weftCount = 0; const __weftEnd = Date.now() + ${after};
function __weftWatch(place) { if ((++__weftCount & 63) === 0 && Date.now() > __weftEnd) throw new Error('${mark}' + place); }\n`;
  return { ...module, code: watch + code };
}

function bodyOf(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name !== 'DoStatement') return node.lastChild ?? undefined;
  return node.firstChild?.nextSibling ?? undefined;
}

function headOf(node: SyntaxNode, body: SyntaxNode): Span {
  const { start } = spanOf(node);
  return { start, end: node.name === 'DoStatement' ? start + 2 : Math.max(start + 1, body.prevSibling?.to ?? body.from) };
}
