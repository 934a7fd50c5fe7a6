// What a class of the SDK for Python is here: a function of one object of named arguments, called with or without `new`.
// Its objects are plain and have the given members, so that whatever takes such settings takes them written down as well.
import { callSite } from '../call-site.ts';
import { keep, type Member, membersIn, membersOf } from '../made.ts';

export type SdkClass<Members, Result = Members> = {} extends Members
  ? { new (members?: Members): Result; (members?: Members): Result }
  : { new (members: Members): Result; (members: Members): Result };

export function sdkClass<Members, Result>(make: (members: Members) => Result): SdkClass<Members, Result> {
  const call = function call(members: Members): Result {
    return make(members);
  };
  return call as unknown as SdkClass<Members, Result>;
}

/** Members that the SDK calls otherwise than the file: by the SDK's names. */
export type Renamed = Readonly<Record<string, string>>;

/** A class whose objects stand for a map of the file. */
export function record<Members extends object>(renamed: Renamed = {}): SdkClass<Members> {
  return sdkClass((members: Members) => object(members, namedMembers(members, renamed)));
}

/** As `record`, but what the members in `wrappers` hold stands in the object itself: a file's outputs have no inner objects. */
export function flat<Members extends object>(wrappers: readonly string[]): SdkClass<Members> {
  return sdkClass((members: Members) => object(members, flatMembers(namedMembers(members, {}), wrappers)));
}

export function object<T extends object>(shown: T, members: readonly Member[]): T {
  return keep({ ...shown }, { kind: 'object', members, call: callSite() });
}

/** The members of the one argument of a class, without those that are `left` out. */
export function namedMembers(members: unknown, renamed: Renamed, left: readonly string[] = []): readonly Member[] {
  return membersOf(members, [0]).flatMap((member) =>
    left.includes(member.key) ? [] : [{ ...member, key: Object.hasOwn(renamed, member.key) ? renamed[member.key]! : member.key }],
  );
}

/** With the members of wrappers in their places. A wrapper that is no object stays, and is a finding of its own. */
export function flatMembers(members: readonly Member[], wrappers: readonly string[]): readonly Member[] {
  return members.flatMap((member) => {
    if (!wrappers.includes(member.key)) return [member];
    const inside = membersIn(member.value, member.from);
    return inside.length > 0 || isObject(member.value) ? inside : [member];
  });
}

/** Where the SDK takes one or a list: the list. */
export function listOf(value: unknown): unknown {
  return value === undefined || Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
