// The normal form of request bodies (docs/file-format.md, "Identity"): what `body → file → body` does not keep apart.
// Written down without the descriptor table and without any code of the emission, so that it can judge both.

export type Json = string | number | boolean | null | Json[] | JsonMap;
export interface JsonMap {
  [name: string]: Json;
}

export function normalForm(body: unknown): JsonMap {
  const root = structuredClone(body) as JsonMap;
  if (isMap(root.policy) && isEmptyList(root.policy.scenes)) delete root.policy.scenes;
  dropEmpty(root, 'description', 'labels', 'storages', 'parameters', 'data', 'data_requirements', 'sub_graphs', 'policy');
  hoistLiterals(root);
  for (const storage of mapsIn(root.storages)) setAbsent(storage, 'type', 'obs');
  for (const data of mapsIn(root.data_requirements)) normalRequirement(data);
  for (const step of mapsIn(root.steps)) normalStep(step, root);
  canonicalReferences(root, root);
  computeUsedSteps(root);
  return root;
}

/** An absent title is the name, no list of dependencies is an empty one; jobs have their defaults. */
function normalStep(step: JsonMap, root: JsonMap): void {
  setAbsent(step, 'title', step.name!);
  setAbsent(step, 'depend_steps', []);
  if (step.type === 'job') {
    const properties = mapAt(step, 'properties');
    setAbsent(properties, 'kind', 'job');
    setAbsent(mapAt(properties, 'metadata'), 'name', jobName(String(root.name), String(step.name)));
    const { spec, algorithm } = properties;
    if (isMap(spec) && isMap(spec.resource)) setAbsent(spec.resource, 'node_count', 1);
    if (isMap(algorithm)) normalBootFile(algorithm);
  }
  for (const output of mapsIn(step.outputs)) {
    if (!isMap(output.config)) continue;
    const files = output.config.metric_files;
    if (typeof files === 'string') output.config.metric_files = [files];
  }
  const { properties } = step;
  if (isMap(properties)) {
    const ratio = properties.train_evaluate_sample_ratio;
    if (typeof ratio === 'number') properties.train_evaluate_sample_ratio = String(ratio);
    for (const member of ['label_task_type', 'task_type'])
      if (member in properties) properties[member] = taskType(properties[member]!);
    const imported = isMap(properties.import_config) ? properties.import_config : {};
    for (const format of [...mapsIn(properties.annotation_format_config), ...mapsIn(imported.annotation_format_config)])
      if ('scene' in format) format.scene = taskType(format.scene!);
  }
  for (const output of mapsIn(step.outputs)) dropEmpty(output, 'config');
  dropEmpty(step, 'description', 'inputs', 'outputs', 'policy', 'properties', 'if_then_steps', 'else_then_steps');
}

/** A boot file that is relative to the folder of the code has it in front. */
function normalBootFile(algorithm: JsonMap): void {
  const { boot_file: file, code_dir: folder } = algorithm;
  if (typeof file !== 'string' || typeof folder !== 'string' || folder === '' || /^(\.{0,2}\/|\w+:|\$|$)/.test(file)) return;
  if (!folder.startsWith('$ref/') || folder.startsWith('$ref/storages'))
    algorithm.boot_file = `${folder.replace(/\/+$/, '')}/${file}`;
}

/** Models are asked for late; constraints hold together, in any order. */
function normalRequirement(data: JsonMap): void {
  if (data.type === 'model_list') setAbsent(data, 'delay', true);
  if (!Array.isArray(data.conditions)) return;
  const attribute = (each: Json) => (isMap(each) ? String(each.attribute) : '');
  data.conditions.sort((a, b) => (attribute(a) < attribute(b) ? -1 : attribute(a) > attribute(b) ? 1 : 0));
  for (const each of mapsIn(data.conditions)) if (each.attribute === 'task_type') each.value = taskType(each.value!);
  dropEmpty(data, 'conditions');
}

const taskTypes: Readonly<Record<string, number>> = {
  IMAGE_CLASSIFICATION: 0,
  OBJECT_DETECTION: 1,
  IMAGE_SEGMENTATION: 3,
  TEXT_CLASSIFICATION: 100,
  NAMED_ENTITY_RECOGNITION: 101,
  TEXT_TRIPLE: 102,
  AUDIO_CLASSIFICATION: 200,
  SPEECH_CONTENT: 201,
  SPEECH_SEGMENTATION: 202,
  DATASET_TABULAR: 400,
  TABLE: 400,
  VIDEO_ANNOTATION: 600,
  FREE_FORMAT: 900,
};

function taskType(value: Json): Json {
  return typeof value === 'string' ? (taskTypes[value] ?? value) : value;
}

/** Data given at an input stands in `data[]` under `<step>-<input>`. */
function hoistLiterals(root: JsonMap): void {
  const hoisted: Json[] = [];
  for (const step of mapsIn(root.steps)) {
    for (const input of mapsIn(step.inputs)) {
      const type = isMap(input.data) ? kindOf(input.data) : undefined;
      if (!isMap(input.data) || type === undefined) continue;
      const name = dataName(`${String(step.name)}-${String(input.name)}`);
      hoisted.push({ name, type, value: input.data });
      input.data = `$ref/data/${name}`;
    }
  }
  if (hoisted.length > 0) root.data = [...(Array.isArray(root.data) ? root.data : []), ...hoisted];
}

function kindOf(data: JsonMap): string | undefined {
  const members = [
    ['task_name', 'label_task'],
    ['dataset_name', 'dataset'],
    ['obs_url', 'obs'],
    ['swr_path', 'swr'],
    ['subscription_id', 'model'],
    ['service_id', 'service'],
  ] as const;
  return members.find(([member]) => (data[member] ?? null) !== null)?.[1];
}

/** A flag of a storage that says what the storage says anyway is left out; a metric is `.../output/key`. */
function canonicalReferences(value: Json, root: JsonMap): Json {
  if (typeof value === 'string') return canonicalStorage(value, root);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) value[index] = canonicalReferences(item, root);
    return value;
  }
  if (!isMap(value)) return value;
  const { input_data: input, json_key: key } = value;
  if (typeof input === 'string' && typeof key === 'string' && Object.keys(value).length === 2) return `${input}/${key}`;
  for (const name of Object.keys(value)) value[name] = canonicalReferences(value[name]!, root);
  return value;
}

function canonicalStorage(text: string, root: JsonMap): string {
  const match = /^\$ref\/storages\(([^)]*)\)\/([^/]*)/.exec(text);
  if (!match) return text;
  const storage = mapsIn(root.storages).find(({ name }) => name === match[2]);
  const redundant = `create_dir=${storage?.create_dir === true ? 'True' : 'False'}`;
  const flags = match[1]!.split(', ').filter((flag) => !storage || flag !== redundant);
  return `$ref/storages${flags.length > 0 ? `(${flags.join(', ')})` : ''}/${match[2]}${text.slice(match[0].length)}`;
}

/** `used_steps` is what the references say, through other declarations too. */
function computeUsedSteps(root: JsonMap): void {
  const collections = ['parameters', 'data', 'data_requirements', 'storages'];
  const declared = new Map<string, JsonMap>();
  for (const collection of collections) {
    for (const entry of mapsIn(root[collection]).toReversed()) {
      delete entry.used_steps;
      declared.set(`${collection}/${String(entry.name)}`, entry);
    }
  }
  const visit = (value: Json, step: string) => {
    for (const text of textsIn(value)) {
      const target = /^\$ref\/(\w+)(?:\([^)]*\))?\/(.*)$/.exec(text);
      if (!target) continue;
      const entry = declared.get(`${target[1]}/${target[1] === 'storages' ? target[2]!.split('/')[0] : target[2]}`);
      const steps = (entry?.used_steps ?? []) as Json[];
      if (!entry || steps.includes(step)) continue;
      entry.used_steps = [...steps, step];
      visit(entry, step);
    }
  };
  for (const step of mapsIn(root.steps)) visit(step, String(step.name));
}

function* textsIn(value: Json): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (isMap(value)) for (const each of Object.values(value)) yield* textsIn(each);
}

function jobName(workflow: string, step: string): string {
  return `weft-${workflow}-${step}`.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64);
}

function dataName(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^(?![A-Za-z])/, 'data-')
    .slice(0, 64);
}

/** Null is how the service writes what is absent; it is kept where nothing is computed. */
function setAbsent(map: JsonMap, name: string, value: Json): void {
  map[name] ??= value;
}

function dropEmpty(map: JsonMap, ...names: readonly string[]): void {
  for (const name of names) {
    const value = map[name];
    if (value === '' || isEmptyList(value) || (isMap(value) && Object.keys(value).length === 0)) delete map[name];
  }
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapsIn(value: Json | undefined): JsonMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function mapAt(map: JsonMap, name: string): JsonMap {
  const value = map[name] ?? undefined;
  if (isMap(value)) return value;
  if (value !== undefined) return {};
  map[name] = {};
  return map[name] as JsonMap;
}
