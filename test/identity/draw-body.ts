// Whole request bodies for the identity test: declarations of all kinds, and steps of all kinds that read each other, so that
// most of them have no errors.
import fc from 'fast-check';
import { workflowShape } from '../../core/generated/shapes.ts';
import type { ConditionsShape, NamedShape, ObjectShape, Shape } from '../../core/schema/descriptor.ts';
import { memberOf, variantOf } from '../../core/schema/shape.ts';
import type { StepKind } from '../../core/steps/step-kind.ts';
import { stepKinds } from '../../core/steps/step-kinds.ts';
import {
  chance,
  type Draw,
  distinct,
  drawConditions,
  drawJson,
  drawObject,
  identifier,
  pick,
  type Scope,
  type Source,
  unknownMembers,
} from './draw-shape.ts';
import type { Json, JsonMap } from './normal-form.ts';
import { awkwardText } from './texts.ts';

const variantsOf = (member: string) =>
  (memberOf(workflowShape, member)!.shape as NamedShape).entry as Shape & { readonly kind: 'variants' };
const namedMember = (object: ObjectShape, member: string) => (memberOf(object, member)!.shape as NamedShape).entry as ObjectShape;
const stepName = fc.oneof(identifier, fc.stringMatching(/^[A-Za-z数据标注训练][A-Za-z0-9训练发布 _-]{0,8}[A-Za-z0-9训练]$/));
const slotName = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/);

/** `unknown`: also what the language cannot say, which goes below `x-body`. */
export function drawBody(draw: Draw, unknown: boolean): JsonMap {
  const scope: Scope = { draw, parameters: new Map(), storages: [], sources: [], metrics: [], services: [], reads: [], unknown };
  const name = draw(() => stepName);
  const storages = distinct(draw, identifier, 2).map((each) => drawStorage(scope, each));
  const parameters = distinct(draw, identifier, 4).map((each) => drawParameter(scope, each));
  const [data, asked] = drawData(scope);
  const steps = distinct(draw, stepName, 5, 1).map((each) => drawStep(scope, each));
  addBranches(draw, steps);
  const names = steps.map((step) => step.name as string);
  const scenes = distinct(draw, stepName, 2).map((each) => ({
    name: each,
    ...(chance(draw, 30) && { id: 'id-1' }),
    steps: draw(fc.subarray, names, { minLength: 1 }),
  }));
  const body = {
    name,
    description: draw(() => awkwardText),
    workspace_id: '0',
    labels: draw(fc.array, awkwardText, { maxLength: 2 }),
    ...{ storages, parameters, data, data_requirements: asked, steps },
    ...(chance(draw, 40) && { policy: { scenes, ...(chance(draw, 30) && { use_scene: 'x' }) } }),
    ...(chance(draw, 20) && { sub_graphs: [{ name: 'group', steps: draw(fc.subarray, names) }] }),
    ...(unknown && chance(draw, 30) && { smn_switch: true, extend: { weft: { source: '/a' } }, ...unknownMembers(scope, 100) }),
  };
  // JSON has no negative zero.
  return JSON.parse(JSON.stringify(body)) as JsonMap;
}

// ---- declarations

function drawStorage(scope: Scope, name: string): JsonMap {
  const { draw } = scope;
  scope.storages.push(name);
  const flags = [
    {},
    { create_dir: true },
    { create_dir: false, with_execution_id: false },
    { create_dir: true, with_execution_id: true },
  ];
  return {
    name,
    ...(chance(draw, 70) && { type: 'obs' }),
    ...(chance(draw, 80) && { path: `/bucket/${draw(() => identifier)}/` }),
    ...pick<JsonMap>(draw, flags),
    ...unknownMembers(scope, 20),
  };
}

const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const valuesOf: Readonly<Record<string, fc.Arbitrary<Json>>> = {
  int: fc.integer(),
  str: awkwardText,
  bool: fc.boolean(),
  float: number,
  enum: fc.constantFrom('yes', '1.10', 3),
  json: fc.constantFrom<Json>({ flavor_id: 'x' }, { pool_id: '007', flavor_id: 'yes' }, {}),
  list: fc.array(awkwardText, { maxLength: 3 }),
};

function drawParameter(scope: Scope, name: string): JsonMap {
  const { draw } = scope;
  const type = draw(() => fc.constantFrom(...Object.keys(valuesOf)));
  scope.parameters.set(name, type);
  const value = valuesOf[type]!;
  const delay = chance(draw, 30);
  return {
    name,
    type,
    ...(type === 'enum' && { enum: ['yes', '1.10', 3] }),
    ...(type === 'list' && { format: 'str' }),
    ...(chance(draw, 70) && { default: draw(() => value) }),
    ...(chance(draw, 20) && { value: draw(() => value) }),
    ...(delay && { delay: true }),
    ...(!delay && chance(draw, 30) && { required: draw(fc.boolean) }),
    ...(chance(draw, 30) && { description: draw(() => awkwardText) }),
    ...(chance(draw, 20) && { example: scope.unknown ? drawJson(draw) : draw(() => value) }),
    ...unknownMembers(scope, 20),
  };
}

function drawData(scope: Scope): readonly [JsonMap[], JsonMap[]] {
  const { draw } = scope;
  const sections = { data: [] as JsonMap[], data_requirements: [] as JsonMap[] };
  const add = (name: string, section: 'data' | 'data_requirements') => {
    const kinds = variantsOf('data').of.filter(([, object]) => section === 'data_requirements' || memberOf(object, 'value'));
    const [type, object] = pick(draw, kinds);
    const must = [...(section === 'data' ? ['value'] : []), ...(type === 'data_selector' ? ['data_type_list'] : [])];
    sections[section].push({ name, ...drawObject({ ...scope, section }, object, { must, never: ['type'] }), type });
    if (type === 'data_selector') sections[section].at(-1)!.data_type_list = ['obs', 'dataset'];
    scope.sources.push({ kind: type === 'image' ? 'swr' : type, reference: `$ref/${section}/${name}` });
  };
  for (const name of distinct(draw, identifier, 5)) add(name, chance(draw, 50) ? 'data' : 'data_requirements');
  if (sections.data[0] && chance(draw, 15)) add(sections.data[0].name as string, 'data_requirements');
  const models = { name: 'models-to-deploy', type: 'model_list', delay: draw(fc.boolean) };
  sections.data_requirements.push(models);
  scope.sources.push({ kind: 'model_list', reference: '$ref/data_requirements/models-to-deploy' });
  return [sections.data, sections.data_requirements];
}

// ---- steps

function drawStep(before: Scope, name: string): JsonMap {
  const { draw } = before;
  const scope: Scope = { ...before, reads: [] };
  const kind = pick(draw, stepKinds);
  const object = variantOf(variantsOf('steps'), kind.type);
  const inputs = kind.inputs === 'none' ? [] : drawInputs(scope, kind);
  const never = ['type', 'inputs', 'outputs', 'policy', 'conditions', 'if_then_steps', 'else_then_steps', 'algorithm', 'spec'];
  const step: JsonMap = { name, type: kind.type, ...drawObject(scope, object, { never, must: ['properties'] }) };
  if (chance(draw, 70)) step.title = chance(draw, 30) ? name : draw(() => awkwardText);
  if (inputs.length > 0) step.inputs = inputs;
  if (kind.decides) step.conditions = drawConditions(scope, memberOf(object, 'conditions')!.shape as ConditionsShape);
  else if (chance(draw, 80)) {
    const never = kind.skippable && chance(draw, 40) ? [] : ['skip_conditions'];
    step.policy = drawObject(scope, memberOf(object, 'policy')!.shape as ObjectShape, { never });
  }
  if (kind.type === 'job') step.properties = drawJob(scope, object, step.properties as JsonMap | undefined);
  if (kind.type === 'labeling') step.properties = { ...(step.properties as JsonMap), task_type: 1, task_name: 'yes' };
  if (kind.outputs !== 'none') step.outputs = drawOutputs(scope, kind, object, step);
  step.depend_steps = [...new Set(scope.reads)];
  return step;
}

const literals: Readonly<Record<string, Json>> = {
  obs: { obs_url: '/bucket/x y/' },
  dataset: { dataset_name: 'yes', version_name: '1.10' },
  label_task: { dataset_name: '数据', task_name: '007' },
  swr: { swr_path: 'a/b:1' },
  model: { subscription_id: 's', version_num: '1.0.0' },
};

function drawInputs(scope: Scope, kind: StepKind): JsonMap[] {
  const { draw } = scope;
  const least = kind.inputs === 'optional' || kind.inputs === 'expected' ? 0 : 1;
  return distinct(draw, slotName, kind.type === 'service' || kind.type === 'create_dataset' ? 1 : 2, least).map(
    (name): JsonMap => {
      const fits = (each: Source) =>
        kind.type === 'service' ? each.kind === 'model_list' : (kind.takes as string[]).includes(each.kind);
      const fitting = scope.sources.filter(fits);
      if (fitting.length === 0 || (kind.type !== 'service' && chance(draw, 15))) {
        const type = pick(
          draw,
          kind.takes.filter((each) => each in literals),
        );
        return { name, type, data: literals[type]! };
      }
      const source = pick(draw, fitting);
      const others = fitting.filter((each) => each.step !== source.step && each.kind === source.kind);
      const other = kind.takesChoice && source.step && others.length > 0 && chance(draw, 30) ? pick(draw, others) : undefined;
      for (const { step } of [source, ...(other ? [other] : [])]) if (step) scope.reads.push(step);
      const data = other ? { data_list: [source.reference, other.reference] } : source.reference;
      return { name, type: source.kind, data, ...unknownMembers(scope, 10) };
    },
  );
}

const algorithms = [
  ['algorithm_id'],
  ['subscription_id', 'item_version_id'],
  ['code_dir', 'boot_file', 'engine'],
  ['command', 'engine'],
];

function drawJob(scope: Scope, object: ObjectShape, drawn: JsonMap = {}): JsonMap {
  const shapeAt = (from: ObjectShape, member: string) => memberOf(from, member)!.shape as ObjectShape;
  const must = pick(scope.draw, algorithms);
  const never = algorithms.flat().filter((name) => !must.includes(name));
  const spec = shapeAt(object, 'spec');
  return {
    ...drawn,
    algorithm: drawObject(scope, shapeAt(object, 'algorithm'), { must, never }),
    spec: {
      ...drawObject(scope, spec, { never: ['resource'] }),
      resource: drawObject(scope, shapeAt(spec, 'resource'), { must: ['flavor_id'] }),
    },
  };
}

const metricsMembers = ['metric_files', 'realtime_visualization', 'visualization'];

function drawOutputs(scope: Scope, kind: StepKind, object: ObjectShape, step: JsonMap): JsonMap[] {
  const { draw } = scope;
  const entry = namedMember(object, 'outputs');
  const made: (readonly [list: Source[], source: Source])[] = [];
  const outputs = distinct(draw, slotName, 2, 1).map((name, index): JsonMap => {
    const isMetrics = kind.type === 'job' && chance(draw, 40);
    const known = entry.members.map((member) => member.name);
    const never =
      kind.type !== 'job'
        ? []
        : isMetrics
          ? known.filter((each) => !metricsMembers.includes(each))
          : known.filter((each) => each !== 'obs_path' && each !== 'metric_file');
    const must = isMetrics ? ['metric_files'] : ['obs_path', 'label_task_type', 'subnet_network_id', 'security_group_id'];
    const outer: JsonMap = {};
    const drawn = drawObject(scope, entry, { must, never, ...(index === 0 && { outer }) });
    if (outer.properties) step.properties = { ...(step.properties as JsonMap), ...(outer.properties as JsonMap) };
    const type = kind.makes({ type: isMetrics ? 'metrics' : 'obs' } as Parameters<StepKind['makes']>[0], ['dataset']) ?? 'obs';
    const source: Source = { kind: type, reference: `$ref/consumptions/${String(step.name)}/${name}`, step: step.name as string };
    made.push([isMetrics ? scope.metrics : kind.type === 'service' ? scope.services : scope.sources, source]);
    return { name, type, ...drawn };
  });
  // A step does not read itself.
  for (const [list, source] of made) list.push(source);
  return outputs;
}

/** Steps behind a condition step may be its branches; dependencies come in any order, and an empty list may be left out. */
function addBranches(draw: Draw, steps: readonly JsonMap[]): void {
  const taken = new Set<string>();
  for (const [index, step] of steps.entries()) {
    if (step.type !== 'condition') continue;
    const free = steps
      .slice(index + 1)
      .map((each) => each.name as string)
      .filter((name) => !taken.has(name));
    const chosen = draw(fc.subarray, free);
    const cut = draw(fc.nat, chosen.length);
    Object.assign(step, { if_then_steps: chosen.slice(0, cut), else_then_steps: chosen.slice(cut) });
    for (const each of steps.filter(({ name }) => chosen.includes(name as string))) {
      taken.add(each.name as string);
      each.depend_steps = [...new Set([...(each.depend_steps as string[]), step.name as string])];
    }
  }
  for (const step of steps) {
    const depend = step.depend_steps as string[];
    if (chance(draw, 20)) step.depend_steps = depend.toReversed();
    if (depend.length === 0 && chance(draw, 50)) delete step.depend_steps;
  }
}
