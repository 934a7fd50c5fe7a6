// Workflow -> a program in TypeScript that makes it: what an import of a request body writes with `--to ts`. It is made of what the file of the
// workflow would say, with objects in place of references wherever those are declared before.
import { parseCondition } from '../refs/expression.ts';
import { parseReference, printTarget } from '../refs/reference.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../syntax/print-yaml.ts';
import type { Localized } from '../text/diagnostic.ts';
import { type Origin, spanOf } from '../text/origin.ts';
import { type EmitFileOptions, fileTree } from './emit-file.ts';
import { type Code, isIdentifier, printCode, textLiteral } from './print-code.ts';
import type { Condition, Reference, Value, Workflow } from './workflow.ts';

export type EmittedProgram = { readonly text: string } | { readonly impossible: Localized };

/** Total, as `emitFile` is; a few workflows no program makes. */
export function emitTypeScript(workflow: Workflow, options: EmitFileOptions = {}): EmittedProgram {
  const file = fileTree(workflow, options);
  if (entryOf(file, 'data_requirements')) {
    return {
      impossible: {
        en: 'The same name stands in data and in data_requirements, which a program does not keep apart.',
        zh: '同一名称同时出现在 data 与 data_requirements 中，程序无法区分。',
      },
    };
  }
  const moved = movedKey(file);
  if (moved !== undefined) {
    return {
      impossible: {
        en: `The name ${moved} is a number: in a program it would stand before the other names.`,
        zh: `名称 ${moved} 是数字：在程序中它会排到其他名称之前。`,
      },
    };
  }
  return { text: new Program(file).text() };
}

/** A key of a map that an object of JavaScript would put in another place: whole numbers come first, in their order. */
function movedKey(node: YamlNode): string | undefined {
  if (node.kind === 'scalar') return undefined;
  if (node.kind === 'list') return first(node.items.map(movedKey));
  const keys = node.entries.map(({ key }) => key);
  const numbers = keys.filter((key) => /^(?:0|[1-9]\d{0,9})$/.test(key));
  const ordered = [...numbers].sort((a, b) => Number(a) - Number(b));
  const moved = ordered.find((key, index) => keys[index] !== key);
  return moved ?? first(node.entries.map(({ value }) => movedKey(value)));
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((each) => each !== undefined);
}

const stepFactories: Readonly<Record<string, string>> = {
  create_dataset: 'createDataset',
  labeling: 'labeling',
  dataset_import: 'datasetImport',
  release_dataset: 'releaseDataset',
  job: 'job',
  mrs_job: 'mrsJob',
  model: 'model',
  service: 'service',
  condition: 'condition',
};
const dataFactories: Readonly<Record<string, string>> = {
  dataset: 'dataset',
  label_task: 'labelTask',
  obs: 'obs',
  swr: 'swr',
  image: 'image',
  model: 'model',
  service: 'service',
  model_list: 'modelList',
  data_selector: 'selector',
};
const collections: ReadonlySet<string> = new Set(['name', 'storages', 'parameters', 'data', 'steps', 'scenes', 'sub_graphs']);
const stepLists: ReadonlySet<string> = new Set(['depend_steps', 'if_then_steps', 'else_then_steps']);
const conditionMembers: ReadonlySet<string> = new Set(['conditions', 'skip_conditions']);
const nowhere: Origin = { anchor: { offset: 0 }, from: 0, to: 0 };

interface Named {
  readonly name: string;
  readonly entries: readonly YamlEntry[];
}

type Root = Reference['root'];

class Program {
  private readonly file: YamlMap;
  private readonly lines: string[] = ["import * as wf from 'weft';", ''];
  /** The constants that are declared so far, by what they stand for. */
  private readonly constants = new Map<string, string>();
  private readonly taken = new Set(['wf', ...reserved]);
  /** Declarations that something refers to: these the program declares by itself. */
  private readonly used = new Set<string>();

  constructor(file: YamlMap) {
    this.file = file;
  }

  text(): string {
    for (const storage of this.named('storages')) this.add('storages', storage, this.storage(storage));
    for (const parameter of this.named('parameters')) this.add('parameters', parameter, this.parameter(parameter));
    for (const data of this.named('data')) this.add('data', data, this.data(data));
    if (this.constants.size > 0) this.lines.push('');
    const steps = this.named('steps').filter(({ entries }) => stepFactories[textOf(entries, 'type') ?? '']);
    for (const step of inOrder(steps)) {
      this.add('steps', step, this.step(step));
      this.lines.push('');
    }
    const listed = steps.map(({ name }): Code => code(this.constants.get(keyOf('steps', name))!));
    const call: Code = {
      kind: 'call',
      callee: 'wf.workflow',
      of: [this.value(entryOf(this.file, 'name')?.value ?? scalar('')), this.settings(), { kind: 'list', items: listed }],
    };
    this.lines.push(`export default ${printCode(call, 0, 'export default ;'.length)};`, '');
    return this.lines.join('\n');
  }

  private named(collection: string): readonly Named[] {
    const node = entryOf(this.file, collection)?.value;
    if (node?.kind === 'map') return node.entries.map(({ key, value }) => ({ name: key, entries: whole(value, 'default') }));
    if (node?.kind !== 'list') return [];
    return node.items.map((item) =>
      item.kind === 'map'
        ? { name: textOf(item.entries, 'name') ?? '', entries: item.entries.filter(({ key }) => key !== 'name') }
        : { name: item.kind === 'scalar' ? String(item.value) : '', entries: [] },
    );
  }

  private add(root: Root, { name }: Named, value: Code): void {
    const constant = this.free(name);
    this.lines.push(`const ${constant} = ${printCode(value, 0, `const ${constant} = ;`.length)};`);
    const key = keyOf(root, name);
    if (!this.constants.has(key)) this.constants.set(key, constant);
  }

  /** `train_wide` is `trainWide` in code. */
  private free(name: string): string {
    const words = name.split(/[^\p{ID_Continue}]+|_+/u).filter((word) => word !== '');
    const joined = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
    const own = isIdentifier(joined) ? joined : `_${joined}`;
    let free = own;
    for (let count = 2; this.taken.has(free); count++) free = `${own}${count}`;
    this.taken.add(free);
    return free;
  }

  // ---- declarations

  private storage({ name, entries }: Named): Code {
    const kind = textOf(entries, 'kind');
    const rest = entries.filter(({ key }) => key !== 'kind');
    return call(kind ? `wf.storage.${kind}` : 'wf.storage', name, rest.length > 0 && this.object(rest));
  }

  private parameter({ name, entries }: Named): Code {
    const type = textOf(entries, 'type') ?? 'str';
    const choices = type === 'enum' ? entries.find(({ key }) => key === 'enum') : undefined;
    const rest = entries.filter((each) => each.key !== 'type' && each !== choices);
    return call(`wf.param.${type}`, name, choices && this.value(choices.value), rest.length > 0 && this.object(rest));
  }

  private data({ name, entries }: Named): Code {
    const rest = entries.filter(({ key }) => key !== 'type');
    return call(`wf.data.${dataFactories[textOf(entries, 'type') ?? ''] ?? 'obs'}`, name, rest.length > 0 && this.object(rest));
  }

  private step({ name, entries }: Named): Code {
    return call(`wf.${stepFactories[textOf(entries, 'type')!]!}`, name, this.object(entries.filter(({ key }) => key !== 'type')));
  }

  /** The settings of the workflow, with what no step uses. */
  private settings(): Code {
    const own = this.file.entries.filter(({ key }) => !collections.has(key));
    const entries: (readonly [string, Code])[] = own.map(({ key, value }) => [key, this.value(value)]);
    for (const root of ['storages', 'parameters', 'data'] as const) {
      const unused = this.named(root).filter(({ name }) => !this.used.has(keyOf(root, name)));
      if (unused.length === 0) continue;
      entries.push([root, { kind: 'list', items: unused.map(({ name }) => code(this.constants.get(keyOf(root, name))!)) }]);
    }
    for (const key of ['scenes', 'sub_graphs']) {
      const scenes = this.named(key);
      const node = entryOf(this.file, key)?.value;
      if (scenes.length === 0 || node?.kind !== 'map') continue;
      entries.push([
        key,
        {
          kind: 'object',
          entries: node.entries.map(({ key: name, value }) => [name, this.scene(value)]),
        },
      ]);
    }
    return { kind: 'object', entries };
  }

  private scene(node: YamlNode): Code {
    if (node.kind !== 'map') return this.stepNames(node);
    return {
      kind: 'object',
      entries: node.entries.map(({ key, value }) => [key, key === 'steps' ? this.stepNames(value) : this.value(value)]),
    };
  }

  // ---- values

  private object(entries: readonly YamlEntry[]): Code {
    return { kind: 'object', entries: entries.map(({ key, value }) => [key, this.member(key, value)]) };
  }

  private member(key: string, value: YamlNode): Code {
    if (stepLists.has(key)) return this.stepNames(value);
    if (conditionMembers.has(key)) return this.conditions(value);
    if (key === 'outputs' && value.kind === 'map') {
      const entries = value.entries.map(
        (each): YamlEntry => ({
          ...each,
          value: { kind: 'map', entries: whole(each.value, 'obs_path') },
        }),
      );
      return this.object(entries);
    }
    return this.value(value);
  }

  private value(node: YamlNode): Code {
    switch (node.kind) {
      case 'list':
        return { kind: 'list', items: node.items.map((item) => this.value(item)) };
      case 'map': {
        const [only] = node.entries;
        if (node.entries.length === 1 && only!.key === 'select' && only!.value.kind === 'list') {
          const of = only!.value.items.map((item) => this.value(item));
          if (!of.some((each) => each.kind === 'code' && each.text.startsWith("'")))
            return { kind: 'call', callee: 'wf.select', of };
        }
        return this.object(node.entries);
      }
      case 'scalar': {
        const { value } = node;
        if (typeof value !== 'string') return code(value === null ? 'null' : String(value));
        return code(this.referred(value) ?? textLiteral(value));
      }
    }
  }

  private stepNames(node: YamlNode): Code {
    if (node.kind === 'list') return { kind: 'list', items: node.items.map((item) => this.stepNames(item)) };
    const name = node.kind === 'scalar' ? String(node.value) : '';
    return code(this.constants.get(keyOf('steps', name)) ?? textLiteral(name));
  }

  private conditions(node: YamlNode): Code {
    if (node.kind === 'list') return { kind: 'list', items: node.items.map((item) => this.conditions(item)) };
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return this.value(node);
    const text = node.value;
    const { conditions, finding } = parseCondition(text, { anchor: { offset: 0 }, from: 0, to: text.length });
    const found = new Map<number, { readonly end: number; readonly as: string }>();
    const visit = (each: Condition | Value | undefined): void => {
      if (each?.kind === 'condition') {
        visit(each.left);
        visit(each.right);
      } else if (each?.kind === 'list') each.items.forEach(visit);
      else if (each?.kind === 'reference') {
        const { start, end } = spanOf(each.origin);
        const as = this.expression(each.reference);
        if (as !== undefined && text.slice(start, end).trim() === printTarget(each.reference)) found.set(start, { end, as });
      }
    };
    conditions.forEach(visit);
    if (finding || found.size === 0) return code(textLiteral(text));
    let written = '';
    let at = 0;
    for (const [start, { end, as }] of [...found].sort(([a], [b]) => a - b)) {
      written += `${inTemplate(text.slice(at, start))}\${${as}}`;
      at = end;
    }
    return code(`wf.when\`${written}${inTemplate(text.slice(at))}\``);
  }

  /** A text that is a reference to something declared, as its object. */
  private referred(text: string): string | undefined {
    const read = parseReference(text, nowhere);
    return read?.kind === 'reference' ? this.expression(read.reference) : undefined;
  }

  private expression(reference: Reference): string | undefined {
    if (reference.root === 'steps') {
      const step = this.constants.get(keyOf('steps', reference.step.text));
      const key =
        reference.key &&
        (isReserved(reference.key.text) ? `.metric(${textLiteral(reference.key.text)})` : segment(reference.key.text));
      return step && `${step}.outputs${segment(reference.output.text)}${key ?? ''}`;
    }
    const key = keyOf(reference.root, reference.name.text);
    const constant = this.constants.get(key);
    if (!constant) return undefined;
    if (reference.root !== 'storages') {
      this.used.add(key);
      return constant;
    }
    const flags = [
      ...(reference.createDir === undefined ? [] : [`create_dir: ${reference.createDir}`]),
      ...(reference.withExecutionId === undefined ? [] : [`with_execution_id: ${reference.withExecutionId}`]),
    ];
    // Flags of the storage itself have no call.
    if (flags.length > 0 && reference.path === '') return undefined;
    this.used.add(key);
    if (reference.path === '') return constant;
    return `${constant}.join(${textLiteral(reference.path)}${flags.length > 0 ? `, { ${flags.join(', ')} }` : ''})`;
  }
}

/** Each behind those whose outputs it reads, otherwise in the order of the workflow. */
function inOrder(steps: readonly Named[]): readonly Named[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const done = new Set<Named>();
  const visit = (step: Named): void => {
    if (done.has(step)) return;
    done.add(step);
    for (const name of stepsRead(step.entries)) if (byName.has(name)) visit(byName.get(name)!);
    ordered.push(step);
  };
  const ordered: Named[] = [];
  steps.forEach(visit);
  return ordered;
}

function* stepsRead(entries: readonly YamlEntry[]): Generator<string> {
  for (const { key, value } of entries) {
    if (value.kind === 'map') yield* stepsRead(value.entries);
    for (const item of value.kind === 'list' ? value.items : [value]) {
      if (item.kind === 'map') yield* stepsRead(item.entries);
      if (item.kind !== 'scalar' || typeof item.value !== 'string') continue;
      const read = conditionMembers.has(key) ? undefined : parseReference(item.value, nowhere);
      if (read?.kind === 'reference' && read.reference.root === 'steps') yield read.reference.step.text;
      if (conditionMembers.has(key)) yield* stepsIn(parseCondition(item.value, nowhere).conditions);
    }
  }
}

function* stepsIn(operands: readonly (Condition | Value | undefined)[]): Generator<string> {
  for (const operand of operands) {
    if (operand?.kind === 'condition') yield* stepsIn([operand.left, operand.right]);
    else if (operand?.kind === 'reference' && operand.reference.root === 'steps') yield operand.reference.step.text;
  }
}

function call(callee: string, name: string, ...more: readonly (Code | false | undefined)[]): Code {
  return { kind: 'call', callee, of: [code(textLiteral(name)), ...more.filter((each) => each !== undefined && each !== false)] };
}

function code(text: string): Code {
  return { kind: 'code', text };
}

function scalar(value: string): YamlNode {
  return { kind: 'scalar', value };
}

/** The members of an entry, which a file may write as its one member alone, or as nothing. */
function whole(node: YamlNode, short: string): readonly YamlEntry[] {
  if (node.kind === 'map') return node.entries;
  return node.kind === 'scalar' && node.value === null ? [] : [{ key: short, value: node }];
}

function entryOf(map: YamlMap, key: string): YamlEntry | undefined {
  return map.entries.find((entry) => entry.key === key);
}

function textOf(entries: readonly YamlEntry[], key: string): string | undefined {
  const value = entries.find((entry) => entry.key === key)?.value;
  return value?.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

function keyOf(root: Root, name: string): string {
  return `${root} ${name}`;
}

function segment(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${textLiteral(name)}]`;
}

/** Members that an output has besides its metrics. */
function isReserved(name: string): boolean {
  return ['is', 'type', 'then', 'toJSON', 'constructor', 'as_input', 'metric', 'get_output_variable'].includes(name);
}

function inTemplate(text: string): string {
  return text.replace(/[\\`]|\$\{/g, '\\$&');
}

const reserved =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield'.split(
    ' ',
  );
