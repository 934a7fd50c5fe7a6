// Data that a file gives where it is read (`inputs: { data_url: /bucket/pictures/ }`) as declarations of fixed data, which is
// the only place where a body has them: `<step>-<input>` in `data[]`, and a reference to it at the input.
import { kindOfValue } from '../steps/data-kinds.ts';
import { type Bound, bind } from '../refs/bind.ts';
import type { Declaration, Input, Step, Value, Workflow } from './workflow.ts';

/** The same object where no data is given in place. */
export function hoistData(bound: Bound): Bound {
  const { workflow } = bound;
  const taken = new Set(workflow.data.map(({ name }) => name.text));
  const hoisted: Declaration[] = [];
  const steps = workflow.steps.map((step) => {
    const inputs = step.inputs.map((input) => hoistInput(step, input, bound, taken, hoisted));
    return inputs.some((input, index) => input !== step.inputs[index]) ? { ...step, inputs } : step;
  });
  if (hoisted.length === 0) return bound;
  return bind({ ...workflow, steps, data: [...workflow.data, ...hoisted] } satisfies Workflow);
}

function hoistInput(step: Step, input: Input, bound: Bound, taken: Set<string>, hoisted: Declaration[]): Input {
  const { data } = input;
  const name = `${step.name.text}-${input.name.text}`;
  const hoist = (value: Value, wish: string): Value => {
    if (value.kind === 'reference' && value.reference.root !== 'storages') return value;
    const type = kindOfValue(value, bound);
    return type === undefined ? value : declare(value, type, freeName(wish, taken), hoisted);
  };
  if (!data) return input;
  if (data.kind !== 'select') {
    const reference = hoist(data, name);
    return reference === data ? input : { ...input, data: reference };
  }
  const items = data.items.map((item, index) => hoist(item, `${name}-${index + 1}`));
  return items.some((item, index) => item !== data.items[index]) ? { ...input, data: { ...data, items } } : input;
}

/** Adds the declaration and answers the reference to it. */
function declare(value: Value, type: string, text: string, hoisted: Declaration[]): Value {
  const { origin } = value;
  const name = { text, origin };
  const field = (member: string, content: Value) => ({ name: { text: member, origin }, value: content });
  const entries = [field('type', { kind: 'scalar', origin, text: type, value: type, quoted: false }), field('value', value)];
  hoisted.push({ kind: 'data', name, origin, section: 'data', fields: { kind: 'map', origin, entries } });
  return { kind: 'reference', origin, reference: { root: 'data', name, section: 'data' } };
}

/** In the letters that the service allows (N2: 1 to 64, a letter first), and not in use. */
function freeName(wish: string, taken: Set<string>): string {
  const plain = wish.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^(?![A-Za-z])/, 'data-');
  let name = plain.slice(0, 64);
  for (let count = 2; taken.has(name); count++) name = `${plain.slice(0, 60)}-${count}`;
  taken.add(name);
  return name;
}
