// A values file: what a run is given besides the workflow's own defaults. Named in `weft.config.yaml` per engine, or by `--params`.
import { valuesShape } from '../generated/shapes.ts';
import type { SyntaxNode } from '../syntax/tree.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { entriesOf, type Json, jsonOf, member } from './members.ts';
import { readSettings } from './read-settings.ts';

export interface GivenValue {
  readonly name: string;
  readonly value: Json;
  /** How a scalar is written: what a parameter of type `str` takes, so that `1.10` does not become `1.1`. */
  readonly text?: string;
}

export interface GivenValues {
  readonly parameters: readonly GivenValue[];
  readonly storages: readonly GivenValue[];
  readonly data: readonly GivenValue[];
  /** By step: `continue`, `newest`, a list of models, or values by name. */
  readonly answers: readonly GivenValue[];
}

export const noValues: GivenValues = { parameters: [], storages: [], data: [], answers: [] };

export interface ReadValues {
  readonly values: GivenValues;
  readonly findings: readonly Diagnostic[];
}

export function readValuesFile(text: string): ReadValues {
  const { tree, findings } = readSettings(text, valuesShape);
  const section = (name: keyof GivenValues) => given(member(tree, name));
  return {
    values: {
      parameters: section('parameters'),
      storages: section('storages'),
      data: section('data'),
      answers: section('answers'),
    },
    findings,
  };
}

/** Values of the first source that has the name win. */
export function mergeValues(...sources: readonly GivenValues[]): GivenValues {
  const merged = (section: keyof GivenValues) => {
    const names = new Set<string>();
    return sources.flatMap((source) => source[section]).filter(({ name }) => !names.has(name) && names.add(name));
  };
  return {
    parameters: merged('parameters'),
    storages: merged('storages'),
    data: merged('data'),
    answers: merged('answers'),
  };
}

function given(section: SyntaxNode | undefined): readonly GivenValue[] {
  return entriesOf(section).map(({ key, value }) => ({
    name: key.text,
    value: jsonOf(value),
    ...(value?.kind === 'scalar' && { text: value.text }),
  }));
}
