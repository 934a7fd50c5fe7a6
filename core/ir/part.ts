// What reading by the descriptor table gives, before it is sorted into the typed slots of the IR, and what emission starts from:
// values of the file's shape, with conditions still among the members. Both forms of a document read to the same parts.
import type { Origin } from '../text/origin.ts';
import type {
  Absent,
  Condition,
  ListValue,
  MapValue,
  Name,
  ReferenceValue,
  ScalarValue,
  SelectValue,
  Value,
} from './workflow.ts';

export type Part = ScalarValue | ListValue | MapPart | ReferenceValue | SelectValue | ConditionsPart;

export interface MapPart {
  readonly kind: 'map';
  readonly origin: Origin;
  readonly entries: readonly PartField[];
  readonly absent?: Absent;
}

export interface PartField {
  readonly name: Name;
  readonly value: Part;
  /** Entries of collections: from the name to the end of the value. */
  readonly origin?: Origin;
}

export interface ConditionsPart {
  readonly kind: 'conditions';
  readonly origin: Origin;
  /** ANDed; empty where the text is broken. */
  readonly items: readonly Condition[];
  /** What was written. */
  readonly written: Value;
}

/** The last member of that name wins, as in `fieldOf`. */
export function partOf(map: MapPart | undefined, name: string): Part | undefined {
  return map?.entries.findLast((entry) => entry.name.text === name)?.value;
}

export function textOf(part: Part | undefined): string | undefined {
  return part?.kind === 'scalar' && part.value !== null ? part.text : undefined;
}

export function mapOf(part: Part | undefined): MapPart | undefined {
  return part?.kind === 'map' ? part : undefined;
}

/** Nothing was written, or null; what could not be read is quoted. */
export function isNothing(part: Part): boolean {
  return part.kind === 'scalar' && part.value === null && !part.quoted;
}

export function isEmptyPart(part: Part): boolean {
  switch (part.kind) {
    case 'scalar':
      return part.text === '';
    case 'list':
    case 'conditions':
      return part.items.length === 0;
    case 'map':
      return part.entries.length === 0;
    default:
      return false;
  }
}

/** The map without some members; conditions that are left are kept as they were written, for the rules that ask for them. */
export function valuesOf(map: MapPart, without: ReadonlySet<string> = none): MapValue {
  const entries = map.entries.filter((entry) => !without.has(entry.name.text));
  return {
    kind: 'map',
    origin: map.origin,
    entries: entries.map(({ name, value }) => ({ name, value: valueOf(value) })),
    ...(map.absent && { absent: map.absent }),
  };
}

export function valueOf(part: Part): Value {
  if (part.kind === 'conditions') return part.written;
  return part.kind === 'map' ? valuesOf(part) : part;
}

const none: ReadonlySet<string> = new Set();

export function emptyMap(origin: Origin): MapPart {
  return { kind: 'map', origin, entries: [] };
}
