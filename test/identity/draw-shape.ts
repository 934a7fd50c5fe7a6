// Members of a request body, drawn by the descriptor table: every member that a shape knows, references wherever one may stand,
// awkward texts, and members that the language does not know.
import fc from 'fast-check';
import type {
  ConditionsShape,
  ListShape,
  Member,
  ObjectShape,
  References,
  ScalarShape,
  Shape,
} from '../../core/schema/descriptor.ts';
import type { Json, JsonMap } from './normal-form.ts';
import { awkwardText, referableText } from './texts.ts';

/** Draws a value from an arbitrary. */
export type Draw = fc.GeneratorValue;

/** Data that an input can read. */
export interface Source {
  readonly kind: string;
  readonly reference: string;
  readonly step?: string;
}

/** What has been drawn of a body so far, for references to it. */
export interface Scope {
  readonly draw: Draw;
  /** Types by name. */
  readonly parameters: Map<string, string>;
  readonly storages: string[];
  readonly sources: Source[];
  readonly metrics: Source[];
  readonly services: Source[];
  readonly section?: 'data' | 'data_requirements';
  /** Steps that the step at hand reads, for its `depend_steps`. */
  readonly reads: string[];
  /** Whether members and values that the language does not know are drawn too. */
  readonly unknown: boolean;
}

export const identifier = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/);

export function chance(draw: Draw, percent: number): boolean {
  return draw(fc.integer, { min: 0, max: 99 }) < percent;
}

export function pick<T>(draw: Draw, from: readonly T[]): T {
  return from[draw(fc.nat, from.length - 1)]!;
}

export function distinct(draw: Draw, name: fc.Arbitrary<string>, most: number, least = 0): string[] {
  return draw(fc.uniqueArray, name, { minLength: least, maxLength: most }) as string[];
}

/** `must` and `never` are names of members; `outer` takes what stands in the object around. */
export function drawObject(
  scope: Scope,
  object: ObjectShape,
  { must = [], never = [], outer }: { must?: readonly string[]; never?: readonly string[]; outer?: JsonMap } = {},
): JsonMap {
  const { draw } = scope;
  const into: JsonMap = {};
  for (const member of object.members) {
    if (member.alias || member.bodyOnly || member.derived || member.wire === false || never.includes(member.name)) continue;
    if (scope.section && member.section && member.section !== scope.section) continue;
    if (!member.required && !must.includes(member.name) && !chance(draw, 50)) continue;
    const wire = member.wire ?? [member.name];
    // The service writes null for what is not there.
    const isNull = scope.unknown && !member.required && !must.includes(member.name) && wire[0] !== '^' && chance(draw, 2);
    if (isNull && !wire[1]?.startsWith('=')) putAt(into, wire, null);
    else if (wire[1]?.startsWith('=')) addConstraint(scope, member, wire[1].slice(1), into);
    else if (wire[0] !== '^') putAt(into, wire, drawShape(scope, member.shape));
    else if (outer) putAt(outer, wire.slice(1), drawShape(scope, member.shape));
  }
  return { ...into, ...unknownMembers(scope, 8) };
}

function addConstraint(scope: Scope, member: Member, attribute: string, into: JsonMap): void {
  const list = (into.conditions ??= []) as Json[];
  if (attribute !== '*') list.push({ attribute, operator: 'equal', value: drawShape(scope, member.shape) });
  else {
    const value = drawShape(scope, (member.shape as Shape & { readonly kind: 'map' }).value);
    const operator = scope.unknown && chance(scope.draw, 10) ? 'unequal' : 'equal';
    list.unshift({ attribute: 'owner', operator, value });
  }
}

export function drawShape(scope: Scope, shape: Shape): Json {
  const { draw } = scope;
  const reference =
    shape.refs && shape.kind !== 'conditions' && chance(draw, 35) ? drawReference(scope, shape.refs, shape) : undefined;
  if (reference !== undefined) return reference;
  switch (shape.kind) {
    case 'scalar':
      return drawScalar(scope, shape);
    case 'object':
      return drawObject(scope, shape);
    case 'list':
      return drawList(scope, shape);
    case 'named':
      return distinct(draw, identifier, 3).map((name) => ({ name, ...drawObject(scope, shape.entry as ObjectShape) }));
    case 'map': {
      const keys = distinct(draw, fc.oneof(identifier, awkwardText), 3);
      return Object.fromEntries(keys.map((key) => [key, drawShape(scope, shape.value)]));
    }
    case 'any':
      return shape.refs ? draw(() => fc.oneof(referableText, fc.integer(), fc.boolean())) : draw(() => anyJson);
    case 'conditions':
      return drawConditions(scope, shape);
    case 'variants':
      throw new Error('Variants are drawn where the deciding member is known.');
  }
}

function drawList(scope: Scope, shape: ListShape): Json {
  const length = scope.draw(fc.integer, { min: shape.min ?? 0, max: 3 });
  return Array.from({ length }, () => drawShape(scope, shape.item));
}

function drawScalar(scope: Scope, shape: ScalarShape): Json {
  const { draw } = scope;
  if (shape.enum && (!shape.openEnum || chance(draw, 50))) {
    const { value, wire } = pick(draw, shape.enum);
    // Bodies may have the name where the service writes a number.
    return wire === undefined || (typeof wire === 'number' && chance(draw, 20)) ? value : wire;
  }
  if (shape.path) {
    const folder = draw(() => fc.constantFrom('', 'data/', '数据/', 'a b/c/', 'yes/', '#1/', "it's: /"));
    return `/bucket/${folder}${shape.path === 'file' ? 'main.py' : ''}`;
  }
  switch (pick(draw, shape.types)) {
    case 'boolean':
      return draw(fc.boolean);
    case 'integer':
    case 'number': {
      const min = shape.above !== undefined ? shape.above + 1 : (shape.min ?? -1000);
      const value = draw(fc.integer, { min, max: shape.max ?? Math.max(min, 0) + 1000 });
      return shape.wireText && chance(draw, 80) ? String(value) : value;
    }
    case 'string':
      if (shape.patterns) return draw(() => matching(shape));
      return draw(() => (shape.refs ? referableText : awkwardText)).slice(0, shape.maxLength);
  }
}

function matching(shape: ScalarShape): fc.Arbitrary<string> {
  const patterns = shape.patterns!.map(({ pattern }) => new RegExp(pattern, 'u'));
  const texts = ['1.0.0', '0.0.12', 'model-1', 'yes', '007', 'a', ',', 'cnn', '数据', 'A free text: fine', '# so', ' '];
  return fc.constantFrom(...texts.filter((text) => patterns.every((pattern) => pattern.test(text))));
}

function drawReference(scope: Scope, refs: References, shape: Shape): string | undefined {
  const { draw } = scope;
  const choices: string[] = [];
  const parameter = refs.parameters && parameterOf(scope, refs.parameters);
  if (parameter) choices.push(parameter);
  if (refs.storages && scope.storages.length > 0) {
    const flags = ['', '', '(create_dir=False)', '(create_dir=True)', '(with_execution_id=False, create_dir=True)'];
    const paths = shape.kind === 'scalar' && shape.path === 'file' ? ['/dir/main.py'] : ['', '/', '/a b/', '/数据/x/'];
    choices.push(`$ref/storages${pick(draw, flags)}/${pick(draw, scope.storages)}${pick(draw, paths)}`);
  }
  if (refs.steps?.includes('service') && scope.services.length > 0) {
    const service = pick(draw, scope.services);
    scope.reads.push(service.step!);
    choices.push(`${service.reference}/access_address`);
  }
  return choices.length > 0 ? pick(draw, choices) : undefined;
}

function parameterOf(scope: Scope, types: readonly string[]): string | undefined {
  const fitting = [...scope.parameters].filter(([, type]) => types.length === 0 || types.includes(type));
  return fitting.length > 0 ? `$ref/parameters/${pick(scope.draw, fitting)[0]}` : undefined;
}

// ---- conditions

export function drawConditions(scope: Scope, shape: ConditionsShape): Json[] {
  const { draw } = scope;
  const compare = (): Json => {
    const type = draw(() => fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in'));
    const left = drawOperand(scope, shape);
    return {
      type,
      left,
      right: type === 'in' ? [drawOperand(scope, shape), drawOperand(scope, shape)] : drawOperand(scope, shape),
    };
  };
  const tree = (depth: number): Json =>
    depth > 0 && chance(draw, 40) ? { type: 'or', left: tree(depth - 1), right: tree(depth - 1) } : compare();
  return Array.from({ length: draw(fc.integer, { min: 1, max: 3 }) }, () => tree(2));
}

function drawOperand(scope: Scope, shape: ConditionsShape): Json {
  const { draw } = scope;
  if (scope.metrics.length > 0 && shape.refs?.steps && chance(draw, 40)) {
    const metric = pick(draw, scope.metrics);
    scope.reads.push(metric.step!);
    const key = draw(() => fc.constantFrom('accuracy', 'a key', '准确率', 'top.5'));
    return chance(draw, 20) ? { input_data: metric.reference, json_key: key } : `${metric.reference}/${key}`;
  }
  const parameter = parameterOf(scope, ['int', 'float', 'str', 'bool', 'enum']);
  if (parameter && chance(draw, 60)) return parameter;
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
  return draw(() => fc.oneof(referableText, fc.integer(), number, fc.boolean()));
}

// ---- what the language does not know

const anyJson: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
    referableText,
    fc.constantFrom('$ref/parameters/nobody', '$ref/'),
    fc.integer(),
    fc.boolean(),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(identifier, awkwardText), tie('json'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).json;

export function drawJson(draw: Draw): Json {
  return draw(() => anyJson);
}

export function unknownMembers({ draw, unknown }: Scope, percent: number): JsonMap {
  if (!unknown || !chance(draw, percent)) return {};
  const name = draw(() => fc.constantFrom('later', 'new member', '新成员', 'yes', '1.10', 'a: b', 'x-body'));
  return { [name]: draw(() => fc.oneof(anyJson, fc.constant(null))) };
}

export function putAt(map: JsonMap, path: readonly string[], value: Json): void {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) map[name] = value;
  else putAt((map[name] ??= {}) as JsonMap, rest, value);
}
