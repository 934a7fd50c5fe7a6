// Values of a parameter in a file, by the type that is declared beside them: where a text is declared, a plain scalar is its
// source text (language.md part 1, "Scalars"): `default: 1.10` of a str is "1.10".
import { type MapValue, textAt, type Value } from './workflow.ts';

const valued: ReadonlySet<string> = new Set(['default', 'value', 'example']);

export function asDeclared(parameter: MapValue): MapValue {
  const type = textAt(parameter, 'type');
  const textual = type === 'str' || (type === 'list' && (textAt(parameter, 'format') ?? textAt(parameter, 'items')) === 'str');
  if (!textual) return parameter;
  return {
    ...parameter,
    entries: parameter.entries.map(({ name, value }) => ({ name, value: valued.has(name.text) ? asText(value) : value })),
  };
}

function asText(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(asText) };
  return value.kind === 'scalar' && value.value !== null ? { ...value, value: value.text } : value;
}
