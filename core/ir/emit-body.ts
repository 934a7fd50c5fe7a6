// Workflow -> request body of create-workflow: plain JSON, written by the descriptor table. Bodies that were read and files
// that were written give the same body for the same meaning; what is computed is in derive.ts.
import { workflowShape } from '../generated/shapes.ts';
import type { Bound } from '../refs/bind.ts';
import type { Json, Member, NamedShape, ObjectShape } from '../schema/descriptor.ts';
import { type BodyTree, type JsonObject, put, toJson } from './body-tree.ts';
import { usedSteps } from './derive.ts';
import { hoistData } from './hoist.ts';
import { declarationPart, headPart, scenePart, stepPart } from './to-parts.ts';
import { type Declaration, textAt } from './workflow.ts';
import { type BodyWriting, type LocalPath, writeEntry, writeObject } from './write-body.ts';

export type { JsonObject } from './body-tree.ts';
export type { LocalPath } from './write-body.ts';

export interface EmitOptions {
  /**
   * What stands in the body for a path relative to the file: a `file://` URI, a path in object storage, `${staging}/...`.
   * Boot files arrive with the `code_dir` that they are relative to. As written when absent.
   */
  readonly paths?: (path: string, place: LocalPath) => string;
}

/** Total: of a workflow with errors, what could be read. */
export function emitBody(bound: Bound, options: EmitOptions = {}): JsonObject {
  const whole = hoistData(bound);
  const { workflow } = whole;
  const writing: BodyWriting = { bound: whole, usedBy: usedSteps(whole), paths: options.paths ?? ((path) => path) };
  const of = (section: Declaration['section']) => workflow.data.filter((data) => (data.section ?? 'data') === section);
  const declared = (list: readonly Declaration[], shape: NamedShape) =>
    list.map((declaration) => {
      const { name, value } = declarationPart(declaration);
      const isFile = textAt(declaration.fields, 'object_type') === 'file';
      const at: BodyWriting = { ...writing, declaration, section: declaration.section, isFile };
      return toJson(writeEntry(at, name.text, value, shape.entry));
    });
  const collections: Readonly<Record<string, (shape: NamedShape) => readonly Json[]>> = {
    storages: (shape) => declared(workflow.storages, shape),
    parameters: (shape) => declared(workflow.parameters, shape),
    data: (shape) => declared(of('data'), shape),
    data_requirements: (shape) => declared(of('data_requirements'), shape),
    steps: (shape) =>
      workflow.steps.map((step) => {
        const { name, value } = stepPart(step);
        return toJson(writeEntry({ ...writing, step }, name.text, value, shape.entry));
      }),
    scenes: (shape) =>
      workflow.scenes.map(scenePart).map(({ name, value }) => toJson(writeEntry(writing, name.text, value, shape.entry))),
    sub_graphs: (shape) =>
      workflow.subGraphs.map(scenePart).map(({ name, value }) => toJson(writeEntry(writing, name.text, value, shape.entry))),
  };

  const tree: BodyTree = new Map();
  const head = headPart(workflow);
  for (const member of workflowShape.members) {
    if (member.shape.kind !== 'named') continue;
    const list = collections[member.name]!(member.shape);
    if (list.length > 0 || !member.empty) put(tree, wirePath(member), list);
  }
  const body = toJson(writeObject(writing, head, header, undefined, tree)) as JsonObject;
  return Object.fromEntries(Object.entries(body).sort(([a], [b]) => rank(a) - rank(b)));
}

/** Members in the order of the schema, what the language does not know last. */
function rank(name: string): number {
  const index = workflowShape.members.findIndex((member) => wirePath(member)[0] === name);
  return index < 0 ? workflowShape.members.length : index;
}

/** The root without its collections. */
const header: ObjectShape = { ...workflowShape, members: workflowShape.members.filter(({ shape }) => shape.kind !== 'named') };

function wirePath(member: Member): readonly string[] {
  return member.wire || [member.name];
}
