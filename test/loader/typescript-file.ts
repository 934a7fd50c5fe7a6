// Reads workflow files in TypeScript for tests: from text, with other files beside it, and with what is marked in the text.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import { spanOf } from '../../core/text/origin.ts';
import { readTypeScript, type TypeScriptReading } from '../../loader/typescript/read-typescript.ts';
import { createSandbox, type SandboxLimits, usualLimits } from '../../loader/typescript/sandbox.ts';

const sandbox = createSandbox();
const folder = mkdtempSync(join(tmpdir(), 'weft-ts-'));
after(() => {
  sandbox.dispose();
  rmSync(folder, { recursive: true });
});

export const head = "import * as wf from 'weft';\n";

export interface Read extends TypeScriptReading {
  readonly text: string;
  /** Code and marked text of every finding, in order of the text. */
  readonly marks: readonly string[];
}

/** `others`: files below the workspace by their paths; the document is `flow.workflow.ts`. */
export async function read(text: string, others: Readonly<Record<string, string>> = {}, limits = usualLimits): Promise<Read> {
  const root = mkdtempSync(join(folder, 'root-'));
  for (const [name, content] of Object.entries(others)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return readIn(root, text, limits);
}

export async function readIn(root: string, text: string, limits: SandboxLimits = usualLimits): Promise<Read> {
  const own = limits === usualLimits ? sandbox : createSandbox(limits);
  const path = join(root, 'flow.workflow.ts');
  const found = await readTypeScript({ path, text, root }, own, undefined, limits);
  if (own !== sandbox) own.dispose();
  const all = [...found!.problems, ...found!.workflows.flatMap(({ analysis }) => analysis.diagnostics)];
  return { ...found!, text, marks: all.map((each) => `${each.code}: ${markedText(text, each)}`) };
}

export function markedText(text: string, { origin }: Diagnostic): string {
  const { start, end } = spanOf(origin);
  return text.slice(start, end);
}

/** A workflow of one job with this in its settings. */
export function withJob(settings: string, before = ''): string {
  return `${head}${before}
const train = wf.job('train', {
  algorithm: { code_dir: './src/', command: 'node train.mjs', engine: { image_url: 'weft/node:24' } },
  spec: { resource: { flavor: { flavor_id: 'cpu' } } },
  ${settings}
});
export default wf.workflow('flow', { description: 'd' }, [train]);
`;
}
