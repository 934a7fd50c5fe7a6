// A workflow file in TypeScript -> the analysis of each workflow that it exports. Its code is evaluated in a confined process, so this is
// for trusted workspaces alone; `checkSyntax` runs nothing.
import { type Analysis, analyzeTree } from '../../core/analysis.ts';
import type { Diagnostic, Localized } from '../../core/text/diagnostic.ts';
import type { WrittenWorkflow } from '../../sdk/written.ts';
import { type CodeFile, calleeOf, codeFile, nodesNamed, spanOf, textOf } from './code-file.ts';
import { DocumentPlaces } from './document-places.ts';
import { failureProblem } from './failures.ts';
import { gatherProgram, type GatheredProgram, type Problem, type TextOf } from './program.ts';
import { type Outcome, type Sandbox, type SandboxLimits, unreadable, usualLimits } from './sandbox.ts';
import { findLoop } from './stuck.ts';
import { workflowTree } from './to-tree.ts';

export interface TypeScriptFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Absolute folder: imports do not lead out of it. */
  readonly root: string;
  /** Texts of other files that are open in an editor. */
  readonly textOf?: TextOf | undefined;
}

export interface TypeScriptWorkflow {
  /** The name under which it is exported; `default` comes first. */
  readonly exported: string;
  readonly analysis: Analysis;
}

export interface TypeScriptReading {
  /** One for each workflow; empty where the file could not be evaluated. */
  readonly workflows: readonly TypeScriptWorkflow[];
  /** What stands in the way of the evaluation. */
  readonly problems: readonly Diagnostic[];
  /** Files whose change asks for another reading. */
  readonly dependencies: readonly string[];
  /** What the program wrote to the console. */
  readonly log: readonly string[];
  /** Places of the text, to be moved along with later texts. */
  readonly places: DocumentPlaces | undefined;
}

/** Undefined where the signal ended it. */
export async function readTypeScript(
  file: TypeScriptFile,
  sandbox: Sandbox,
  signal?: AbortSignal,
  limits: SandboxLimits = usualLimits,
): Promise<TypeScriptReading | undefined> {
  const gathered = gatherProgram(file.path, file.text, file.root, file.textOf);
  const { document, problems, dependencies } = gathered;
  if (!document || problems.length > 0) return reading(file, document, { dependencies, problems });
  const outcome = await sandbox.evaluate(gathered.program, signal);
  if (outcome.kind === 'cancelled') return undefined;
  if (outcome.kind !== 'done') {
    const problem = await outcomeProblem(outcome, gathered, document, limits, signal);
    if (signal?.aborted) return undefined;
    return reading(file, document, { dependencies, problems: [problem], log: outcome.kind === 'failed' ? outcome.log : [] });
  }
  const places = new DocumentPlaces(document);
  const workflows = workflowsOf(outcome.workflows, file.text, gathered, places);
  if (!workflows) {
    const problem = endedProblem(unreadable, document);
    return reading(file, document, { dependencies, problems: [problem], log: outcome.log });
  }
  const none = workflows.length === 0 ? [noWorkflow(document)] : [];
  return { ...reading(file, document, { dependencies, problems: none, log: outcome.log }), workflows, places };
}

/** Undefined where a program has broken what its objects are written down with, so that they are none. */
function workflowsOf(
  written: readonly WrittenWorkflow[],
  text: string,
  { files }: GatheredProgram,
  places: DocumentPlaces,
): readonly TypeScriptWorkflow[] | undefined {
  try {
    return written.map((workflow) => {
      const { tree, findings } = workflowTree(workflow, files, places);
      return { exported: workflow.exported, analysis: analyzeTree(text, tree, findings) };
    });
  } catch {
    return undefined;
  }
}

/** Mistakes of syntax alone; nothing is evaluated and no other file is read. */
export function checkSyntax({ path, text }: Pick<TypeScriptFile, 'path' | 'text'>): readonly Diagnostic[] {
  const { problems } = gatherProgram(path, text, path, () => undefined);
  const own = problems.filter(({ code }) => code !== 'typescript-import');
  return reading({ path, text, root: path }, undefined, { problems: own, dependencies: [] }).problems;
}

function reading(
  { path, text }: TypeScriptFile,
  document: CodeFile | undefined,
  found: { readonly problems: readonly Problem[]; readonly dependencies: readonly string[]; readonly log?: readonly string[] },
): TypeScriptReading {
  const places = found.problems.length > 0 ? new DocumentPlaces(document ?? codeFile(path, text, '')) : undefined;
  const problems = found.problems.map(
    ({ code, message, span }): Diagnostic => ({ code, message, severity: 'error', origin: places!.at(span) }),
  );
  return { workflows: [], problems, dependencies: found.dependencies, log: found.log ?? [], places };
}

async function outcomeProblem(
  outcome: Exclude<Outcome, { kind: 'done' | 'cancelled' }>,
  { program, files }: GatheredProgram,
  document: CodeFile,
  limits: SandboxLimits,
  signal: AbortSignal | undefined,
): Promise<Problem> {
  switch (outcome.kind) {
    case 'failed':
      return failureProblem(outcome, document);
    case 'stuck':
    case 'memory': {
      const loop = await findLoop(limits, program, files, outcome.after / 3, signal);
      const span = loop?.path === document.path ? loop.span : importOf(document, loop?.path);
      return {
        code: outcome.kind === 'stuck' ? 'typescript-endless' : 'typescript-memory',
        message: limitText(outcome.kind, limits),
        span,
      };
    }
    case 'unsettled': {
      const [first] = nodesNamed(document, new Set(['AwaitExpression']));
      return {
        code: 'typescript-endless',
        message: {
          en: 'The file waits for something that never comes. A workflow is built at once; nothing has to be awaited.',
          zh: '文件在等待永远不会发生的事情。工作流应一次构建完成，无需等待。',
        },
        span: first ? spanOf(first) : headSpan(document),
      };
    }
    case 'ended':
      return endedProblem(outcome.detail, document);
  }
}

function endedProblem(detail: string, document: CodeFile): Problem {
  return {
    code: 'typescript-error',
    message: {
      en: `The process that evaluates the file ended before its time: ${detail}`,
      zh: `求值进程提前结束：${detail}`,
    },
    span: headSpan(document),
  };
}

function limitText(kind: 'stuck' | 'memory', { milliseconds, megabytes }: SandboxLimits): Localized {
  const seconds = milliseconds / 1000;
  return kind === 'stuck'
    ? {
        en: `The file did not end within ${seconds} s and was stopped: this goes on without end, or takes too long.`,
        zh: `文件在 ${seconds} 秒内没有结束，已被停止：此处没有终止，或耗时过长。`,
      }
    : {
        en: `The file wanted more than ${megabytes} MB of memory and was stopped: this collects without end, or too much.`,
        zh: `文件所需内存超过 ${megabytes} MB，已被停止：此处不断累积，或数据过多。`,
      };
}

/** The import that leads to another file, as far as the document names it itself; else the first line. */
function importOf(document: CodeFile, path: string | undefined) {
  const name = path
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\.\w+$/, '');
  for (const node of nodesNamed(document, new Set(['ImportDeclaration']))) {
    const from = node.getChild('String');
    if (name && from && textOf(document, from).includes(name)) return spanOf(from);
  }
  return headSpan(document);
}

function noWorkflow(document: CodeFile): Problem {
  const calls = [...nodesNamed(document, new Set(['CallExpression']))].map(calleeOf);
  const made = calls.find((callee) => /(?:^|\.)[wW]orkflow$/.test(textOf(document, callee)));
  return {
    code: 'typescript-no-workflow',
    message: {
      en: "The file exports no workflow. Write `export default wf.workflow('name', {...}, [...])`.",
      zh: "文件没有导出工作流。请写 `export default wf.workflow('name', {...}, [...])`。",
    },
    span: made ? spanOf(made) : headSpan(document),
  };
}

function headSpan({ source }: CodeFile) {
  return { start: 0, end: source.lineCount > 1 ? source.lineStart(1) - 1 : source.text.length };
}
