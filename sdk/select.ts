// A choice of sources.
import { callSite } from './call-site.ts';
import { keep } from './made.ts';
import type { Data, DataKind, Output, Select } from './references.ts';

/** Sources of which the one whose step ran is taken. */
export function select<K extends DataKind>(...sources: readonly (Output<K> | Data<K>)[]): Select<K> {
  return selectFrom(
    sources,
    sources.map((_, index) => [index]),
  );
}

export function selectFrom<K extends DataKind>(
  sources: readonly (Output<K> | Data<K>)[],
  from: readonly (readonly (string | number)[])[],
): Select<K> {
  const type = sources[0]?.type as K;
  return keep({ is: 'select', type }, { kind: 'select', items: sources, from, call: callSite() });
}
