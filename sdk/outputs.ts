// The outputs of a step as objects: by their names, with metrics and variables by theirs. A name that the step does not have gives an
// object too, so that its use is reported where it is written, and not as an error of the program.
import { keep } from './made.ts';
import type { DataKind } from './references.ts';

/** Members that programs ask any object for by themselves, and that must not become outputs or metrics. */
const reserved: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', 'is', 'type']);

export function outputsOf(step: object, kinds: ReadonlyMap<string, DataKind | undefined>): object {
  const made = new Map<string, object>();
  const outputOf = (name: string): object => {
    let output = made.get(name);
    if (!output) made.set(name, (output = makeOutput(step, name, kinds.get(name))));
    return output;
  };
  return new Proxy(Object.create(null) as object, {
    get: (_, name) => (typeof name === 'string' && (kinds.has(name) || !reserved.has(name)) ? outputOf(name) : undefined),
    has: (_, name) => typeof name === 'string' && kinds.has(name),
    ownKeys: () => [...kinds.keys()],
    getOwnPropertyDescriptor: (_, name) =>
      typeof name === 'string' && kinds.has(name)
        ? { value: outputOf(name), enumerable: true, configurable: true, writable: false }
        : undefined,
  });
}

function makeOutput(step: object, output: string, type: DataKind | undefined): object {
  const value = (key: string) => keep({ is: type === 'service' ? 'variable' : 'metric' }, { kind: 'output', step, output, key });
  const keys = new Map<string, object>();
  const keyOf = (key: string): object => {
    let found = keys.get(key);
    if (!found) keys.set(key, (found = value(key)));
    return found;
  };
  const target: object = {
    is: 'output',
    ...(type && { type }),
    as_input: () => proxy,
    metric: keyOf,
    get_output_variable: keyOf,
  };
  const proxy: object = new Proxy(target, {
    get: (own, name) => {
      if (typeof name !== 'string' || Object.hasOwn(own, name) || reserved.has(name)) return Reflect.get(own, name) as unknown;
      return keyOf(name);
    },
  });
  return keep(proxy, { kind: 'output', step, output });
}
