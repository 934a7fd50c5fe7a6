// Everything that a file exports -> its workflows, written down. Runs beside the author's code, so it trusts no object to behave:
// what cannot be read becomes a mistake at its place.
import { type Made, type MadeThing, type Member, madeOf } from './made.ts';
import type { Written, WrittenEntry, WrittenMap, WrittenReference, WrittenThing, WrittenWorkflow } from './written.ts';

/** The workflows of a module's exports, the default one first. */
export function collect(exports: Readonly<Record<string, unknown>>): readonly WrittenWorkflow[] {
  const names = Object.keys(exports).sort((a, b) => Number(b === 'default') - Number(a === 'default'));
  const seen = new Set<Made>();
  return names.flatMap((exported) => {
    const made = madeOf(exports[exported]);
    if (made?.kind !== 'workflow' || seen.has(made)) return [];
    seen.add(made);
    return [new Collector().workflow(exported, made)];
  });
}

const collections = { parameter: 'parameters', storage: 'storages', data: 'data' } as const;

class Collector {
  /** Declarations in use. */
  private readonly used = new Set<MadeThing>();
  /** Objects that are being written, to see one that holds itself. */
  private readonly open = new Set<object>();

  workflow(exported: string, made: MadeThing): WrittenWorkflow {
    const listed = new Set<string>(Object.values(collections));
    for (const member of made.members.filter(({ key }) => listed.has(key))) this.value(member.value);
    const rest = made.members.filter(({ key }) => !listed.has(key));
    const whole = this.thing({ ...made, members: rest });
    const steps = (made.steps ?? []).map((step) => madeOf(step)).filter((step) => step?.kind === 'step');
    const written = steps.map((step) => this.thing(step as MadeThing));
    // Writing a declaration may use another one, which then stands in the set behind it.
    const declared: (readonly [MadeThing, WrittenThing])[] = [];
    for (const each of this.used) declared.push([each, this.thing(each)]);
    declared.sort(([a], [b]) => a.serial - b.serial);
    const all = (kind: keyof typeof collections) => declared.filter(([each]) => each.kind === kind).map(([, thing]) => thing);
    return { ...whole, exported, storages: all('storage'), parameters: all('parameter'), data: all('data'), steps: written };
  }

  private thing({ name, nameFrom, members, call }: MadeThing): WrittenThing {
    return { name: this.value(name), nameFrom, settings: this.members(members, call) };
  }

  private members(members: readonly Member[], call: WrittenMap['call']): WrittenMap {
    const entries = members.flatMap(({ key, value, from, call: own }): readonly WrittenEntry[] =>
      value === undefined ? [] : [{ key, value: this.value(value), from, ...(own && { call: own }) }],
    );
    return { kind: 'map', entries, ...(call && { call }) };
  }

  private value(value: unknown): Written {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return { kind: 'scalar', value };
      case 'number':
        return Number.isFinite(value) ? { kind: 'scalar', value } : mistake(`the number ${value}`);
      case 'object':
        return value === null ? { kind: 'scalar', value } : this.object(value);
      case 'undefined':
        return mistake('undefined');
      default:
        return mistake(`a ${typeof value}`);
    }
  }

  private object(value: object): Written {
    const made = madeOf(value);
    if (this.open.has(value)) return mistake('an object that holds itself');
    this.open.add(value);
    try {
      if (made) return this.made(made);
      if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => this.value(item)) };
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== null && prototype !== Object.prototype) return mistake(`a ${nameOfClass(value)}`);
      const entries = Object.entries(value).filter(([, each]) => each !== undefined);
      return { kind: 'map', entries: entries.map(([key, each]) => ({ key, value: this.value(each) })) };
    } finally {
      this.open.delete(value);
    }
  }

  private made(made: Made): Written {
    switch (made.kind) {
      case 'parameter':
      case 'data':
      case 'storage': {
        this.used.add(made);
        return {
          kind: 'reference',
          root: collections[made.kind] === 'storages' ? 'storages' : collections[made.kind],
          name: String(made.name),
        };
      }
      case 'step':
        return { kind: 'scalar', value: String(made.name) };
      case 'workflow':
        return mistake('a workflow');
      case 'path':
        return this.path(made);
      case 'output': {
        const step = madeOf(made.step);
        const name = step?.kind === 'step' ? String(step.name) : '';
        const { output, key, named } = made;
        return { kind: 'reference', root: 'steps', name, output, ...(key !== undefined && { key }), ...(named && { named }) };
      }
      case 'select':
        return { kind: 'select', items: made.items.map((item) => this.value(item)), call: made.call, from: made.from };
      case 'condition': {
        const parts = made.parts.map((part) =>
          typeof part === 'string' ? part : { operand: this.value(part.operand), from: part.from },
        );
        return { kind: 'condition', parts, call: made.call };
      }
      case 'object':
        return this.members(made.members, made.call);
    }
  }

  private path({ storage, path, createDir, withExecutionId }: Made & { kind: 'path' }): WrittenReference {
    const root = madeOf(storage);
    if (root?.kind === 'storage') this.used.add(root);
    return {
      kind: 'reference',
      root: 'storages',
      name: root?.kind === 'storage' ? String(root.name) : '',
      path,
      ...(createDir !== undefined && { createDir }),
      ...(withExecutionId !== undefined && { withExecutionId }),
    };
  }
}

function mistake(what: string): Written {
  return { kind: 'mistake', what };
}

function nameOfClass(value: object): string {
  const { constructor } = value as { readonly constructor?: { readonly name?: unknown } };
  return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : 'object of a class';
}
