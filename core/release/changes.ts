// What a release changes against the version that the service has, in the words of the workflow file. Both bodies are brought to the
// file's form first, so that spellings of one meaning do not show as changes.
import { type Json, jsonOf } from '../config/members.ts';
import type { WorkflowBody } from '../api/service.ts';
import { workflowShape } from '../generated/shapes.ts';
import { emitFile } from '../ir/emit-file.ts';
import { lower } from '../ir/lower.ts';
import { bodyMember } from '../schema/descriptor.ts';
import { parse } from '../syntax/parse.ts';

export const changeSections = [
  'workflow',
  'storages',
  'parameters',
  'data',
  'data_requirements',
  'steps',
  'scenes',
  'sub_graphs',
] as const;
export type ChangeSection = (typeof changeSections)[number];

export interface Change {
  readonly section: ChangeSection;
  /** Of the entry; of the member in section `workflow`. */
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Of a changed entry: which members, with dots. Empty for a member of section `workflow` itself. */
  readonly members: readonly MemberChange[];
}

export interface MemberChange {
  readonly path: string;
  /** Undefined: it was not there. */
  readonly before?: Json;
  readonly after?: Json;
}

/** Members of the root that are no content: who and where, and what the service counts. */
const noContent = ['name', 'workspace_id'];

/** In order of the sections, then of the new body. Empty: the same workflow. */
export function changesBetween(before: WorkflowBody, after: WorkflowBody): readonly Change[] {
  const [old, now] = [fileForm(before), fileForm(after)];
  return changeSections.flatMap((section): Change[] => {
    if (section !== 'workflow') return entryChanges(section, entriesOf(old[section]), entriesOf(now[section]));
    const heads = (form: JsonMap) =>
      Object.fromEntries(
        Object.entries(form).filter(
          ([name]) => !(changeSections as readonly string[]).includes(name) && !noContent.includes(name),
        ),
      );
    return memberChanges(withoutForeign(heads(old), heads(now)), heads(now)).map((member) => ({
      section,
      name: member.path,
      kind: member.before === undefined ? 'added' : member.after === undefined ? 'removed' : 'changed',
      members: [member],
    }));
  });
}

type JsonMap = { readonly [name: string]: Json };

/** A body as the text of a workflow file. */
export function fileText(body: WorkflowBody): string {
  return emitFile(lower(parse(JSON.stringify(body), 'json').tree, 'body').workflow);
}

/** The released version without what the service keeps beside a definition, so that it can be read beside the new one. */
export function releasedText(before: WorkflowBody, after: WorkflowBody): string {
  const own = (name: string) => !Object.hasOwn(after, name) && !definitionMembers.includes(name);
  const entry = (value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'created_at'));
  };
  const members = Object.entries(before).filter(([name]) => !own(name));
  return fileText(Object.fromEntries(members.map(([name, value]) => [name, Array.isArray(value) ? value.map(entry) : value])));
}

/** Root members of a body that the file has members for. */
const definitionMembers: readonly string[] = workflowShape.members.map(({ name, wire }) => (wire ? wire[0]! : name));

function fileForm(body: WorkflowBody): JsonMap {
  const form = jsonOf(parse(fileText(body)).tree);
  return isMap(form) ? form : {};
}

/** Entries by name: a collection is a map, or a list where names repeat. */
function entriesOf(collection: Json | undefined): ReadonlyMap<string, JsonMap> {
  if (isMap(collection))
    return new Map(Object.entries(collection).map(([name, value]) => [name, isMap(value) ? value : { value }]));
  if (!Array.isArray(collection)) return new Map();
  return new Map(
    collection.map((entry: Json, index) => [
      isMap(entry) ? String(entry['name'] ?? index) : String(index),
      isMap(entry) ? entry : {},
    ]),
  );
}

function entryChanges(
  section: ChangeSection,
  before: ReadonlyMap<string, JsonMap>,
  after: ReadonlyMap<string, JsonMap>,
): Change[] {
  const changes: Change[] = [];
  for (const [name, entry] of after) {
    const old = before.get(name);
    if (!old) changes.push({ section, name, kind: 'added', members: [] });
    else {
      const members = memberChanges(withoutForeign(old, entry), entry);
      if (members.length > 0) changes.push({ section, name, kind: 'changed', members });
    }
  }
  for (const name of before.keys()) if (!after.has(name)) changes.push({ section, name, kind: 'removed', members: [] });
  return changes;
}

/** What the language does not know and the new body does not say either is the service's own: times, counters, switches. */
function withoutForeign(before: JsonMap, after: JsonMap): JsonMap {
  const { [bodyMember]: unknown, ...known } = before;
  const ours = after[bodyMember];
  if (!isMap(unknown) || !isMap(ours)) return ours === undefined ? known : before;
  return { ...known, [bodyMember]: Object.fromEntries(Object.entries(unknown).filter(([name]) => Object.hasOwn(ours, name))) };
}

function memberChanges(before: Json | undefined, after: Json | undefined, path = ''): MemberChange[] {
  if (isNothing(before) && isNothing(after)) return [];
  if (isMap(before) && isMap(after)) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return names.flatMap((name) =>
      memberChanges(before[name], after[name], name === bodyMember ? path : path === '' ? name : `${path}.${name}`),
    );
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

/** The service fills in flags and texts that are off and empty. */
function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
