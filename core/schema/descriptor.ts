// The descriptor table's types: what the schemas state, in the form the interpreters read. The table itself is
// `core/generated/shapes.ts`, made from `schemas/` by `npm run generate`; keywords are explained in docs/schema.md.
import type { Localized } from '../text/diagnostic.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What may stand at one place of the language. */
export type Shape = ObjectShape | VariantShape | NamedShape | MapShape | ListShape | ScalarShape | AnyShape | ConditionsShape;

/** Which references may stand in place of a value. A list narrows by type; an empty list takes every type. */
export interface References {
  readonly parameters?: readonly string[];
  readonly storages?: true;
  readonly data?: readonly string[];
  /** Outputs of steps, by the kind of data that they are. */
  readonly steps?: readonly string[];
  /** `{ select: [...] }` is accepted. */
  readonly select?: true;
}

interface Place {
  readonly refs?: References;
  /** Code of a finding about the value itself, where it has a name of its own. */
  readonly rule?: string;
  /** Severity of that finding; error when absent. */
  readonly severity?: 'warning' | 'hint';
}

/** A map whose keys are known. */
export interface ObjectShape extends Place {
  readonly kind: 'object';
  readonly title?: Localized;
  readonly members: readonly Member[];
  /** A value that is no map stands for the object with just this member. */
  readonly short?: string;
  /** Keys that begin with `x-` are ignored here. */
  readonly open?: true;
}

/** An object whose members depend on the value of one of them. */
export interface VariantShape extends Place {
  readonly kind: 'variants';
  readonly by: string;
  readonly of: readonly (readonly [value: string, shape: ObjectShape])[];
  /** What holds while the deciding member is missing or unknown. */
  readonly rest: ObjectShape;
}

/** A collection: a map keyed by names, or the list form `[{ name: ..., ... }]`; on the wire always that list. */
export interface NamedShape extends Place {
  readonly kind: 'named';
  readonly entry: ObjectShape | VariantShape;
}

/** A map with free keys. */
export interface MapShape extends Place {
  readonly kind: 'map';
  readonly value: Shape;
}

export interface ListShape extends Place {
  readonly kind: 'list';
  readonly item: Shape;
  /** A single item may stand for a list of one. `warn` = it may, but say so. */
  readonly one?: true | 'warn';
  readonly min?: number;
  /** A map in place of the list passes as it is. */
  readonly loose?: true;
}

export type ScalarType = 'string' | 'integer' | 'number' | 'boolean';

export interface ScalarShape extends Place {
  readonly kind: 'scalar';
  readonly types: readonly ScalarType[];
  readonly enum?: readonly EnumValue[];
  /** The enumeration names what is known; other values pass. */
  readonly openEnum?: true;
  readonly patterns?: readonly Pattern[];
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Another case of a known value passes. */
  readonly ignoreCase?: true;
  /** Numbers written as text pass, and are held to the range. */
  readonly lenient?: true;
  /** The wire has the number as text. */
  readonly wireText?: true;
  /** A path: local (`./`), or in object storage. */
  readonly path?: 'file' | 'folder' | 'any';
  /** A relative path is relative to this member of the same object. */
  readonly inside?: string;
}

export interface EnumValue {
  readonly value: string | number | boolean;
  /** What the wire has for it, where that differs. */
  readonly wire?: string | number;
  readonly text?: Localized;
}

export interface Pattern {
  readonly pattern: string;
  readonly rule?: string;
  readonly text: Localized;
}

/** Any JSON value. */
export interface AnyShape extends Place {
  readonly kind: 'any';
}

/** Conditions: an expression or a list of them, ANDed; on the wire a list of trees. */
export interface ConditionsShape extends Place {
  readonly kind: 'conditions';
  readonly min?: number;
}

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  readonly text: Localized;
  readonly source?: string;
  readonly required?: true;
  /** The rule that reports it when it is missing; the walk is silent then. */
  readonly missing?: string;
  /** The documents call it required, but it has a default or their own examples leave it out: no finding when absent. */
  readonly expected?: true;
  /** The documented value when absent. */
  readonly default?: Json;
  readonly example?: Json;
  /**
   * Where it stands in the request body, from the object that it is a member of; its own name when absent, nowhere when false.
   * A leading `^` starts at the object around; `conditions`, `=NAME` is the constraint of that name (`=*`: all others by name).
   */
  readonly wire?: readonly string[] | false;
  /** Written on the wire when absent in the file, and left out of a file when equal. */
  readonly wireDefault?: Json;
  /** Computed when absent: which function of core/ir/derive.ts. */
  readonly derived?: string;
  /** Empty means absent: not written, and not told apart. */
  readonly empty?: true;
  /** The object is written on the wire even where the file has none, for the defaults in it. */
  readonly fill?: true;
  /** Stands in bodies only; a file does not have it. */
  readonly bodyOnly?: true;
  /** Accepted, but not offered. */
  readonly hidden?: true;
  /** Another spelling of this member. */
  readonly alias?: string;
  /** Data only: counts in this wire section alone. */
  readonly section?: 'data' | 'data_requirements';
  /** Members of the wire that a value stands for: `kind: output` of a storage. */
  readonly sets?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** A text to insert after the key, with `$1`, `$2` ... as stops. */
  readonly snippet?: string;
}

/** The name under which any object keeps members of the wire that the language does not know, verbatim. */
export const bodyMember = 'x-body';
