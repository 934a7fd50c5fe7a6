// Types of a call per route row: what goes into path, query and body, and what comes back.
// A row that is not named in `Answers` answers `unknown`; the table of rows stays the only list of routes.
import type { RunEvent } from '../run/events.ts';
import type { RouteName, routes } from './routes.ts';
import type * as service from './service.ts';
import type * as weft from './weft.ts';

interface Answers {
  CreateWorkflow: service.Workflow;
  ListWorkflows: service.Page<service.Workflow>;
  ShowWorkflowLabels: readonly string[];
  ShowWorkflowsOverview: { readonly total: number; readonly stat: Readonly<Record<string, number>> };
  ShowWorkflowsTodolist: { readonly total: number; readonly items: readonly service.WorkflowTodo[] };
  ShowWorkflow: service.Workflow;
  UpdateWorkflow: service.Workflow;
  DeleteWorkflow: undefined;
  CreateWorkflowExecution: service.WorkflowExecution;
  ListWorkflowExecutions: service.Page<service.WorkflowExecution>;
  ListExecutionLabels: readonly string[];
  ShowWorkflowExecution: service.WorkflowExecution;
  UpdateWorkflowExecution: service.WorkflowExecution;
  DeleteWorkflowExecution: undefined;
  CreateWorkflowExecutionsActions: service.WorkflowExecution;
  CreateWorkflowStepExecutionsActions: service.StepExecution;
  ShowWorkflowStepExecutionMetrics: readonly service.StepMetric[];
  ListWorkflowStepExecution: service.Page<service.StepExecution>;
  CreateWorkflowSchedule: service.Schedule;
  ShowWorkflowScheduleList: { readonly schedules: readonly service.Schedule[] };
  ShowWorkflowSchedule: service.Schedule;
  UpdateWorkflowSchedule: service.Schedule;
  DeleteWorkflowScheduleId: undefined;
  CreateWorkflowSubscriptions: service.Subscription;
  ShowWorkflowSubscription: service.Subscription;
  UpdateWorkflowSubscription: service.Subscription;
  DeleteWorkflowSubscription: undefined;
  Health: weft.WeftHealth;
  Shutdown: undefined;
  ListEvents: readonly RunEvent[];
  ListRuns: readonly weft.WeftRun[];
  ShowRun: weft.WeftRun;
  SetBreakpoints: weft.WeftRun;
  DebugRun: weft.WeftRun;
  SetRunValues: weft.WeftRun;
  EvaluateInRun: weft.WeftEvaluation;
  ReadLogBytes: Uint8Array;
  ReadLogLines: weft.WeftLogLines;
  SearchLog: weft.WeftLogMatches;
  ListResourceSamples: readonly weft.WeftResourceSample[];
  ListArtifacts: readonly weft.WeftArtifact[];
  ListDatasets: readonly weft.WeftDataset[];
  ListModels: readonly weft.WeftModel[];
  ListServices: readonly weft.WeftService[];
  PredictService: unknown;
  StopService: weft.WeftService;
}

interface Requests {
  CreateWorkflow: service.WorkflowBody;
  UpdateWorkflow: service.WorkflowBody;
  CreateWorkflowExecution: service.ExecutionRequest;
  UpdateWorkflowExecution: service.ExecutionRequest;
  CreateWorkflowExecutionsActions: service.ExecutionAction;
  CreateWorkflowStepExecutionsActions: service.StepAction;
  SetBreakpoints: weft.WeftBreakpoints;
  DebugRun: weft.WeftDebugAction;
  SetRunValues: weft.WeftValues;
  EvaluateInRun: weft.WeftEvaluate;
}

type Placeholders<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** Ids of the path; `project_id` is the client's own. */
export type PathOf<Name extends RouteName> = {
  readonly [Key in Exclude<Placeholders<(typeof routes)[Name]['path']>, 'project_id'>]: string;
};

export type AnswerOf<Name extends RouteName> = Name extends keyof Answers ? Answers[Name] : unknown;

export type RequestOf<Name extends RouteName> = Name extends keyof Requests ? Requests[Name] : unknown;

/** A list repeats the parameter; undefined leaves it out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
