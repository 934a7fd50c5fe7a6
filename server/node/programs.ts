// Programs by the loader: evaluated in confined processes, one of which is kept warm while a program is open.
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Analysis } from '../../core/analysis.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import { programAnalysis, withoutWorkflow } from '../../loader/typescript/program-analysis.ts';
import { checkSyntax, readTypeScript } from '../../loader/typescript/read-typescript.ts';
import { createSandbox } from '../../loader/typescript/sandbox.ts';
import { workspaceRoot } from '../../loader/workspace-root.ts';
import type { ProgramReader, ProgramReading } from '../program-reader.ts';

/** Used by whatever evaluates programs in this process. */
export const sandbox = createSandbox();

export const programs: ProgramReader = {
  async read({ uri, text, folder }, before, signal) {
    const path = pathOf(uri);
    if (path === undefined) return unread(text, before, atHead(notAFile, text));
    const root = workspaceRoot(path, folder?.startsWith('file:') ? fileURLToPath(folder) : undefined);
    const read = await readTypeScript({ path, text, root }, sandbox, signal);
    sandbox.warmUp();
    if (!read) return undefined;
    const { places, dependencies, log, workflows } = read;
    return {
      analysis: programAnalysis(text, read, before),
      isWhole: workflows.length > 0,
      dependencies,
      log,
      follow: (later) => places?.follow(later),
    };
  },

  check({ uri, text }) {
    const path = pathOf(uri) ?? uri;
    return unread(text, undefined, ...checkSyntax({ path, text }), atHead(untrusted, text));
  },

  watch(files, changed) {
    const names = Map.groupBy(files, dirname);
    const watchers: FSWatcher[] = [];
    for (const [folder, inside] of names) {
      const wanted = new Set(inside.map((file) => basename(file)));
      try {
        const watcher = watch(folder, { persistent: false }, (_, name) => {
          if (name === null || wanted.has(name)) changed();
        });
        watcher.on('error', () => {});
        watchers.push(watcher);
      } catch {
        // No such folder: the import is a finding, and an edit of it reads again.
      }
    }
    return { dispose: () => watchers.forEach((each) => each.close()) };
  },

  dispose: () => sandbox.dispose(),
};

function pathOf(uri: string): string | undefined {
  return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
}

function unread(text: string, before: Analysis | undefined, ...problems: readonly Diagnostic[]): ProgramReading {
  const base = before ?? withoutWorkflow(text);
  return { analysis: { ...base, diagnostics: problems }, isWhole: false, dependencies: [], log: [], follow() {} };
}

/** At the first line, where everybody looks. */
function atHead(note: Note, text: string): Diagnostic {
  return { ...note, origin: { anchor: { offset: 0 }, from: 0, to: /^.*/.exec(text)![0].length } };
}

type Note = Omit<Diagnostic, 'origin'>;

const notAFile: Note = {
  code: 'typescript-not-saved',
  severity: 'info',
  message: {
    en: 'A workflow in TypeScript is evaluated from where it lies. Save it first.',
    zh: 'TypeScript 工作流需从其所在位置求值，请先保存文件。',
  },
};
const untrusted: Note = {
  code: 'typescript-untrusted',
  severity: 'info',
  message: {
    en: 'This workspace is not trusted, so the file is not evaluated: there is no graph, and only its syntax is checked.',
    zh: '此工作区未受信任，因此不会对该文件求值：没有流程图，仅检查语法。',
  },
};
