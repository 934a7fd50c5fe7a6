// Keys that no member has but that are near to one that is not there: a slip of the keyboard. They are told, and read as that
// member, so that nothing else is found to be missing, unknown or unused because of them.
import { nearest } from '../refs/nearest.ts';
import { bodyMember, type Member, type ObjectShape } from '../schema/descriptor.ts';
import { appliesTo, memberOf } from '../schema/shape.ts';
import type { MapEntry, MapNode } from '../syntax/tree.ts';

export function misspelt(
  node: MapNode,
  shape: ObjectShape,
  section?: 'data' | 'data_requirements',
): ReadonlyMap<MapEntry, Member> {
  let found: Map<MapEntry, Member> | undefined;
  for (const entry of node.entries) {
    const { text } = entry.key;
    if (memberOf(shape, text) || text === bodyMember || (shape.open && text.startsWith('x-'))) continue;
    const absent = shape.members.filter(
      (member) => !member.bodyOnly && appliesTo(member, section) && !isThere(node, member, found),
    );
    const name = nearest(
      text,
      absent.map((member) => member.name),
    );
    if (name !== undefined) (found ??= new Map()).set(entry, memberOf(shape, name)!);
  }
  return found ?? none;
}

const none: ReadonlyMap<MapEntry, Member> = new Map();

function isThere(node: MapNode, member: Member, found: ReadonlyMap<MapEntry, Member> | undefined): boolean {
  return node.entries.some((entry) => {
    const name = found?.get(entry)?.name ?? entry.key.text;
    return name === member.name || name === member.alias;
  });
}
