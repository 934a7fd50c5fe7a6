// What the SDK knows of the objects that it gave out: kept beside them, so that authors see only what is theirs.
import { callSite } from './call-site.ts';
import type { ArgumentPath, Call, NamedByCall } from './written.ts';

export type Thing = 'parameter' | 'storage' | 'data' | 'step' | 'workflow';

/** A member with the way to it from the call's arguments. */
export interface Member {
  readonly key: string;
  readonly value: unknown;
  readonly from: ArgumentPath;
  /** Whose arguments, where that is another call than the one that made the whole. */
  readonly call?: Call;
}

/** Something with a name: declared once, referred to by its object. */
export interface MadeThing {
  readonly kind: Thing;
  readonly name: unknown;
  readonly nameFrom: ArgumentPath;
  readonly members: readonly Member[];
  readonly call: Call;
  /** Counts up: declarations stand in the order in which they were made. */
  readonly serial: number;
  /** Of a workflow. */
  readonly steps?: readonly unknown[];
}

/** A use of a storage with a path behind it. */
export interface MadePath {
  readonly kind: 'path';
  readonly storage: object;
  readonly path: string;
  readonly createDir?: boolean | undefined;
  readonly withExecutionId?: boolean | undefined;
}

/** An output of a step, or a metric or variable of it. */
export interface MadeOutput {
  readonly kind: 'output';
  readonly step: object;
  readonly output: string;
  readonly key?: string;
  /** Where a call names the output and the key by its arguments. */
  readonly named?: NamedByCall;
}

export interface MadeSelect {
  readonly kind: 'select';
  readonly items: readonly unknown[];
  readonly from: readonly ArgumentPath[];
  readonly call: Call;
}

export interface MadeCondition {
  readonly kind: 'condition';
  readonly parts: readonly (string | { readonly operand: unknown; readonly from: ArgumentPath })[];
  readonly call: Call;
}

/** An object of one of the SDK's classes: plain members with the call that made it. */
export interface MadeObject {
  readonly kind: 'object';
  readonly members: readonly Member[];
  readonly call: Call;
}

export type Made = MadeThing | MadePath | MadeOutput | MadeSelect | MadeCondition | MadeObject;

const known = new WeakMap<object, Made>();
let count = 0;

export function madeOf(value: unknown): Made | undefined {
  return typeof value === 'object' && value !== null ? known.get(value) : undefined;
}

/** Keeps what was made beside the object that stands for it. */
export function keep<T extends object>(object: T, made: Made): T {
  known.set(object, made);
  return object;
}

/** What a call gave for a named thing. `settings` names the argument that holds the members. */
export function makeThing(
  kind: Thing,
  name: unknown,
  nameFrom: ArgumentPath,
  members: readonly Member[],
  steps?: readonly unknown[],
): MadeThing {
  return { kind, name, nameFrom, members, call: callSite(), serial: count++, ...(steps && { steps }) };
}

/** The members of a settings object that stands at `from`. Anything but an object has none. */
export function membersOf(settings: unknown, from: ArgumentPath): readonly Member[] {
  if (typeof settings !== 'object' || settings === null) return [];
  return Object.entries(settings).map(([key, value]) => ({ key, value, from: [...from, key] }));
}

/** The members of what an argument holds, also where that is an object of one of the SDK's classes. */
export function membersIn(value: unknown, from: ArgumentPath): readonly Member[] {
  const made = madeOf(value);
  if (made?.kind !== 'object') return membersOf(value, from);
  return made.members.map((member) => ({ ...member, call: member.call ?? made.call }));
}

/** A member that the call implies, such as the type of a step: it stands where the function is named. */
export function implied(key: string, value: unknown): Member {
  return { key, value, from: [] };
}
