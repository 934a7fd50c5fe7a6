// `wf.Workflow` of the SDK for Python, with what it holds. What the SDK's workflow does when a script calls it, Weft does from outside:
// such a call is an error that names the command.
import { makeParameter, type ParameterValues } from '../declare.ts';
import type { ParameterSettings } from '../generated/settings.ts';
import { makeThing, membersIn, type Member } from '../made.ts';
import type { Json, Parameter, ParameterType, StepName, StoragePath } from '../references.ts';
import { makeWorkflow, type Steps, type Workflow as MadeWorkflow, type WorkflowOptions } from '../workflow.ts';
import type { Free } from './data.ts';
import { flatMembers, listOf, namedMembers, record, type SdkClass, sdkClass } from './sdk-class.ts';

export type OneOrMore<T> = T | readonly T[];

// ---- parameters

export interface PlaceholderMembers<T extends ParameterType>
  extends Omit<ParameterSettings, 'type' | 'default' | 'value' | 'enum' | 'items' | 'format'> {
  readonly name: string;
  readonly placeholder_type: T;
  readonly default?: ParameterValues[T];
  /** How the value is asked for and checked; for a list the type of its items. */
  readonly placeholder_format?: ParameterSettings['format'];
  /** The values of an ENUM. */
  readonly enum_list?: readonly Json[];
}

export interface PlaceholderClass {
  new <const T extends ParameterType>(members: PlaceholderMembers<T>): Parameter<T>;
  <const T extends ParameterType>(members: PlaceholderMembers<T>): Parameter<T>;
}

const placeholderNames = { placeholder_type: 'type', placeholder_format: 'format', enum_list: 'enum' };

export const Placeholder = sdkClass((members: PlaceholderMembers<ParameterType>) => {
  const own = namedMembers(members, placeholderNames, ['name']);
  return makeParameter(members?.placeholder_type, members?.name, [0, 'name'], own);
}) as unknown as PlaceholderClass;

// ---- scenes

export interface SceneMembers {
  readonly scene_name: string;
  readonly scene_steps: readonly StepName[];
}

export interface PolicyMembers {
  readonly scenes?: OneOrMore<SceneMembers>;
}

export const policyClasses = {
  /** The parts of the workflow that are run on their own. */
  Policy: record<PolicyMembers>(),
  Scene: record<SceneMembers>({ scene_name: 'name', scene_steps: 'steps' }),
} as const;

export interface SubgraphMembers {
  readonly name: string;
  readonly steps: readonly StepName[];
}

/** Steps that are drawn together. */
export const Subgraph = record<SubgraphMembers>();

export interface WorkspaceMembers {
  readonly workspace_id: string;
}

export const resource = { Workspace: record<WorkspaceMembers>() } as const;

/** Values of the run that the service knows. */
export const SystemEnv = record<Free>();

// ---- the workflow

export interface WorkflowMembers extends Omit<WorkflowOptions, 'description' | 'policy' | 'storages' | 'sub_graphs'> {
  readonly name: string;
  readonly desc?: string;
  readonly steps: Steps;
  /** What is used is declared by itself; a list of all, as the SDK asks for it, is welcome. */
  readonly storages?: OneOrMore<StoragePath>;
  readonly policy?: PolicyMembers;
  readonly sub_graphs?: OneOrMore<SubgraphMembers>;
  readonly workspace?: WorkspaceMembers;
  /** Who signs in is not said in the file: see `weft.config.yaml`. */
  readonly session?: unknown;
}

export interface Workflow extends MadeWorkflow {
  /** @deprecated Not in a workflow file: use `weft run`. */
  run(options?: unknown): never;
  /** @deprecated Not in a workflow file: use `weft debug`. */
  debug(options?: unknown): never;
  /** @deprecated Not in a workflow file: use `weft debug`. */
  next(): never;
  /** @deprecated Not in a workflow file: use `weft run --set name=value`. */
  set_placeholder(name: string, value: unknown): never;
  /** @deprecated Not in a workflow file: use `weft run --data name=value`. */
  set_data(name: string, data: unknown): never;
  /** @deprecated Not in a workflow file: use `weft release`. */
  release(): never;
  /** @deprecated Not in a workflow file: use `weft release --run`. */
  release_and_run(): never;
  /** @deprecated Not in a workflow file: see `gallery`. */
  release_to_gallery(options?: unknown): never;
}

const outside = {
  run: 'weft run FILE',
  debug: 'weft debug FILE',
  next: 'weft debug FILE',
  set_placeholder: 'weft run FILE --set name=value',
  set_data: 'weft run FILE --data name=value',
  release: 'weft release FILE --engine NAME',
  release_and_run: 'weft release FILE --engine NAME --run',
  release_to_gallery: 'weft publish FILE',
} as const;

export const Workflow: SdkClass<WorkflowMembers, Workflow> = sdkClass((members: WorkflowMembers) => {
  const given = namedMembers(members, { desc: 'description' }, ['name', 'steps', 'session']);
  const own = flatMembers(given.flatMap(policyMembers), ['workspace']).map(asList);
  const listed = Array.isArray(members?.steps) ? members.steps : [];
  const workflow = makeWorkflow(members?.name, listed, (steps) => makeThing('workflow', members?.name, [0, 'name'], own, steps));
  const calls = Object.entries(outside).map(([name, command]) => [name, () => instead(`workflow.${name}()`, command)]);
  return Object.assign(workflow, Object.fromEntries(calls)) as Workflow;
});

/** The scenes of a policy are the workflow's own in a file. */
function policyMembers(member: Member): readonly Member[] {
  if (member.key !== 'policy') return [member];
  const inside = membersIn(member.value, member.from);
  const rest = inside.filter(({ key }) => key !== 'scenes');
  const scenes = inside.filter(({ key }) => key === 'scenes').map((each) => ({ ...each, value: listOf(each.value) }));
  const { value: _, ...same } = member;
  return rest.length === 0
    ? scenes
    : [...scenes, { ...same, value: Object.fromEntries(rest.map(({ key, value }) => [key, value])) }];
}

function asList(member: Member): Member {
  return member.key === 'sub_graphs' ? { ...member, value: listOf(member.value) } : member;
}

export function add_whitelist_users(_options?: unknown): never {
  return instead('add_whitelist_users()', 'weft publish FILE');
}

export function delete_whitelist_users(_options?: unknown): never {
  return instead('delete_whitelist_users()', 'weft publish FILE');
}

function instead(call: string, command: string): never {
  throw new Error(`${call} acts, and a workflow file only describes. Leave it out, and use \`${command}\`.`);
}
