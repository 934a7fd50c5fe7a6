// What an evaluated workflow file hands over: its workflows as plain data, "objects written down", with the calls that they were made by.
// One JSON text crosses from the confined process to the loader, which finds the places in the text and reads the data as it reads YAML.

/** A place in a file, as V8 counts: lines and columns from 1. */
export type Frame = readonly [file: string, line: number, column: number];

/** The calls that led to an object, the innermost first: those of the author's files alone. */
export type Call = readonly Frame[];

/** From the arguments of a call to a value: the number of the argument, then keys and item numbers. */
export type ArgumentPath = readonly (string | number)[];

export type Written =
  | WrittenScalar
  | WrittenList
  | WrittenMap
  | WrittenReference
  | WrittenSelect
  | WrittenCondition
  | WrittenMistake;

export interface WrittenScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface WrittenList {
  readonly kind: 'list';
  readonly items: readonly Written[];
  readonly call?: Call;
  /** Of items, where they do not stand in a list of the text: paths from the arguments of the call. */
  readonly from?: readonly ArgumentPath[];
}

export interface WrittenMap {
  readonly kind: 'map';
  readonly entries: readonly WrittenEntry[];
  /** Made by a call of the SDK: then the paths of its entries begin at the call's arguments. */
  readonly call?: Call;
}

export interface WrittenEntry {
  readonly key: string;
  readonly value: Written;
  /** Where it differs from the key: of the value, from the call's arguments. */
  readonly from?: ArgumentPath;
  /** Whose arguments, where that is another call than that of the map. */
  readonly call?: Call;
}

/** A call whose arguments are an output and the name of one of its metrics. */
export interface NamedByCall {
  readonly call: Call;
  readonly output: ArgumentPath;
  readonly key: ArgumentPath;
}

/** A use of something that is declared elsewhere. */
export interface WrittenReference {
  readonly kind: 'reference';
  readonly root: 'parameters' | 'data' | 'storages' | 'steps';
  readonly name: string;
  readonly output?: string;
  /** A metric, or a variable of a service. */
  readonly key?: string;
  readonly named?: NamedByCall;
  /** Of a storage: the path after it. */
  readonly path?: string;
  readonly createDir?: boolean;
  readonly withExecutionId?: boolean;
}

export interface WrittenSelect {
  readonly kind: 'select';
  readonly items: readonly Written[];
  readonly call: Call;
  readonly from: readonly ArgumentPath[];
}

/** The text of a condition with its operands; `from` leads to each operand in turn. */
export interface WrittenCondition {
  readonly kind: 'condition';
  readonly parts: readonly (string | { readonly operand: Written; readonly from: ArgumentPath })[];
  readonly call: Call;
}

/** A value that has no meaning in a workflow: a function, a symbol, an object that holds itself. */
export interface WrittenMistake {
  readonly kind: 'mistake';
  readonly what: string;
}

/** A parameter, storage, data or step: its name and settings with the call that made it. */
export interface WrittenThing {
  readonly name: Written;
  readonly nameFrom: ArgumentPath;
  readonly settings: WrittenMap;
}

export interface WrittenWorkflow extends WrittenThing {
  /** The name under which the file exports it. */
  readonly exported: string;
  readonly storages: readonly WrittenThing[];
  readonly parameters: readonly WrittenThing[];
  readonly data: readonly WrittenThing[];
  readonly steps: readonly WrittenThing[];
}
