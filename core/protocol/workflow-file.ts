// What a workflow file is called. One place for loader, server and extension; `when` clauses of menus say the same in their own words.

/** For finding them, as VS Code writes patterns. */
export const programFiles = '**/*.workflow.{ts,mts}';
export const bodyFiles = '**/*.workflow.json';
export const workflowFiles = '**/*.workflow.{yaml,yml,ts,mts}';

/** A workflow in TypeScript: what it is comes out when it is run. */
export function isProgram(path: string): boolean {
  return /\.workflow\.m?ts$/i.test(path);
}

export function isWorkflowFile(path: string): boolean {
  return /\.workflow\.ya?ml$/i.test(path) || isProgram(path);
}

/** `digits` of `/work/digits.workflow.yaml`. */
export function workflowFileName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.workflow\.(?:ya?ml|m?ts)$/i, '');
}
