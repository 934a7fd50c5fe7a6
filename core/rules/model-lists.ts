// The entries of model lists that are given in the text: what the rules about them share (guide 4.5).
import type { Declaration, ListValue, MapValue, Value } from '../ir/workflow.ts';
import { fieldOf, textAt } from '../ir/workflow.ts';

export interface ModelList {
  readonly list: ListValue;
  readonly entries: readonly MapValue[];
}

export function* modelLists({ fields }: Declaration): Generator<ModelList> {
  if (textAt(fields, 'type') !== 'model_list') return;
  for (const member of ['value', 'default']) {
    const list = listIn(fieldOf(fields, member));
    if (list) yield { list, entries: list.items.filter((item): item is MapValue => item.kind === 'map') };
  }
}

/** The list itself, or `{ model_list: [...] }` as answers of the service have it. */
function listIn(value: Value | undefined): ListValue | undefined {
  const list = value?.kind === 'map' ? fieldOf(value, 'model_list') : value;
  return list?.kind === 'list' ? list : undefined;
}
