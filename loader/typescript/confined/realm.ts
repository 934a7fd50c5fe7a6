// The realm of the author's code: ECMAScript and the SDK, nothing of Node. It is a context of its own in which the SDK is evaluated too,
// so that no object of the process is within reach; only texts pass between the two. A dynamic import would be such an object (its
// promise is the process's): the loader refuses it before.
import posix from 'node:path/posix';
import vm from 'node:vm';
import { allowedModule, allowedModules } from './allowed.ts';
import type { ModuleCode, Program, WarmUp } from './protocol.ts';

/** Memory outside of the heap, whose limit would not hold it; and what only threads need. */
const left = [
  'ArrayBuffer',
  'Atomics',
  'BigInt64Array',
  'BigUint64Array',
  'DataView',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Int16Array',
  'Int32Array',
  'Int8Array',
  'SharedArrayBuffer',
  'Uint16Array',
  'Uint32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'WebAssembly',
];

/** In the realm: the console collects lines; `__fail` makes errors of the realm; `__wrap` keeps functions of the process out of reach. */
const prelude = `
for (const name of ${JSON.stringify(left)}) delete globalThis[name];
const lines = [];
const shown = (value) => {
  if (typeof value === 'string') return value;
  try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
};
const write = (...values) => { if (lines.length < 1000) lines.push(values.map(shown).join(' ').slice(0, 10000)); };
Object.defineProperty(globalThis, 'console', {
  value: Object.freeze({ log: write, info: write, warn: write, error: write, debug: write }),
  configurable: true, enumerable: false, writable: true,
});
({
  lines: () => JSON.stringify(lines),
  fail: (message) => { throw new Error(message); },
  wrap: (call) => (...values) => {
    if (values.length === 0 || !values.every((value) => typeof value === 'string')) throw new TypeError('Texts are expected here.');
    return call(...values);
  },
});
`;

interface Prelude {
  lines(): string;
  fail(message: string): never;
  wrap(call: (...texts: string[]) => unknown): unknown;
}

/** Reads the exports in the realm, where a getter of an author's object harms nobody. */
const entry = `
import { collect } from 'weft:runtime';
let answer;
try {
  answer = { kind: 'done', workflows: collect(await import('weft:program')) };
} catch (error) {
  const text = (read) => { try { return String(read()); } catch { return ''; } };
  answer = {
    kind: 'failed',
    name: text(() => error.name),
    message: text(() => (typeof error === 'object' && error !== null && 'message' in error ? error.message : error)),
    stack: text(() => error.stack ?? ''),
  };
}
export default JSON.stringify(answer);
`;

export interface Realm {
  /** The answer of the program as JSON, without its log; never resolves where the program waits for what never comes. */
  run(program: Program): Promise<string>;
  /** What the program wrote to the console, as JSON. */
  log(): string;
}

export async function createRealm({ modules }: WarmUp): Promise<Realm> {
  const context = vm.createContext(Object.create(null) as object, {
    name: 'workflow',
    codeGeneration: { strings: false, wasm: false },
  });
  const { lines, fail, wrap } = vm.runInContext(prelude, context, { filename: 'weft:prelude' }) as Prelude;
  const loaded = new Map<string, vm.Module>();

  function load(code: ModuleCode): vm.Module {
    const text = code.json ? `export default JSON.parse(${JSON.stringify(code.code)});` : code.code;
    const made = new vm.SourceTextModule(text, { context, identifier: code.path });
    loaded.set(code.path, made);
    return made;
  }

  async function link(codes: readonly ModuleCode[]): Promise<void> {
    const importsOf = new Map(codes.map((code) => [code.path, code.imports]));
    for (const code of codes) load(code);
    for (const { path } of codes) {
      const made = loaded.get(path)!;
      if (made.status !== 'unlinked') continue;
      await made.link((specifier, from) => {
        const target = importsOf.get(from.identifier)?.[specifier] ?? specifier;
        return loaded.get(target) ?? fail(`\`${specifier}\` cannot be imported.`);
      });
    }
  }

  for (const [name, functions] of Object.entries(allowedModules)) {
    const given = Object.fromEntries(
      functions.map((each) => [
        each,
        wrap((...texts) => (posix as unknown as Record<string, (...texts: string[]) => unknown>)[each]!(...texts)),
      ]),
    );
    loaded.set(name, synthetic(context, name, given));
  }
  await link(modules);
  const runtime = loaded.get(modules[0]!.path)!;
  await runtime.evaluate();
  loaded.set('weft:runtime', runtime);
  const api = (runtime.namespace as { readonly api: Readonly<Record<string, unknown>> }).api;
  const names = Object.keys(api);
  const weft = new vm.SourceTextModule(`import { api } from 'weft:runtime'; export const { ${names.join(', ')} } = api;`, {
    context,
    identifier: 'weft:api',
  });
  await weft.link(() => runtime);
  loaded.set('weft', weft);
  for (const name of Object.keys(allowedModules)) await loaded.get(name)!.link(() => fail('Nothing is imported here.'));

  return {
    async run(program) {
      await link(program.modules);
      loaded.set('weft:program', loaded.get(program.modules[0]!.path)!);
      const start = new vm.SourceTextModule(entry, {
        context,
        identifier: 'weft:entry',
        importModuleDynamically: async (specifier: string) => {
          const target = loaded.get(specifier)!;
          // Whatever is awaited is asked for it, and would be given functions of the process.
          if ('then' in target.namespace) fail('A workflow file cannot export `then`.');
          await target.evaluate();
          return target;
        },
      });
      await start.link(() => runtime);
      await start.evaluate();
      return (start.namespace as { readonly default: string }).default;
    },
    log: lines,
  };
}

function synthetic(context: vm.Context, name: string, exports: Readonly<Record<string, unknown>>): vm.Module {
  const names = Object.keys(exports);
  return new vm.SyntheticModule(
    names,
    function set(this: vm.SyntheticModule) {
      for (const each of names) this.setExport(each, exports[each]);
    },
    { context, identifier: name },
  );
}

/** For the loader: whether an import leads to a module that every program has. */
export function isGiven(specifier: string): boolean {
  return specifier === 'weft' || allowedModule(specifier) !== undefined;
}
