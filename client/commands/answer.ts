// A step waits for a person: asks what it needs, and goes on.
import * as vscode from 'vscode';
import type { Need } from '../../core/run/events.ts';
import type { Client } from '../../remote/client.ts';
import { Cancelled, Failure } from '../failure.ts';
import { type Answer, askValues, type Choice, choicesOf, type Question } from '../forms/ask-values.ts';
import type { Parts } from '../parts.ts';
import type { WaitingStep } from '../run-store.ts';
import { joined, timeText } from '../views/run-item.ts';
import { stepPath } from './paths.ts';
import { runTarget } from './targets.ts';

export async function answer(parts: Parts, argument: unknown): Promise<void> {
  const { run, step } = await pickWaiting(parts, argument);
  const title = vscode.l10n.t('{0} of {1} waits', step.title || step.name, run.state.name);
  const { client } = await parts.runs.engineOfRun(run);
  const models = step.needs.some(({ type }) => type === 'model_list') ? await modelChoices(client) : [];
  const questions = step.needs.flatMap((need) => questionOf(need, models));
  const work = step.needs.filter(({ kind }) => kind === 'work');
  if (questions.length === 0 && !(await confirm(title, work))) throw new Cancelled();
  const answers = await askValues(title, questions);
  const of = (kind: Answer['kind']) => answers.filter((each) => each.kind === kind).map(({ name, value }) => ({ name, value }));
  await client.call('CreateWorkflowStepExecutionsActions', {
    path: stepPath(run.state, step.name),
    body: { action_name: 'continue', parameters: of('parameter'), data_requirements: of('data') },
  });
}

async function pickWaiting(parts: Parts, argument: unknown): Promise<WaitingStep> {
  const target = runTarget(argument);
  const waiting = parts.runs.waiting.filter(
    ({ run, step }) =>
      (target === undefined || run.state.id === target.run) && (target?.step === undefined || step.name === target.step),
  );
  const [first] = waiting;
  if (!first) throw new Failure(vscode.l10n.t('No step waits for you.'));
  if (waiting.length === 1) return first;
  const items = waiting.map((each) => ({
    label: each.step.title || each.step.name,
    description: joined(each.run.state.workflowName, each.run.state.name),
    each,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Answer which step?') });
  if (!picked) throw new Cancelled();
  return picked.each;
}

function questionOf({ kind, name, type, description, choices }: Need, models: readonly Choice[]): Question[] {
  if (kind === 'work') return [];
  const offered = type === 'model_list' ? models : choicesOf(choices ?? []);
  return [{ kind, name, type, choices: offered, ...(description !== undefined && { description }) }];
}

/** One registered version each, the newest first, as a service takes it. */
async function modelChoices(client: Client): Promise<readonly Choice[]> {
  const models = await client.call('ListModels');
  return models
    .flatMap(({ name, versions }) => versions.map((version) => ({ name, ...version })))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map(({ name, version, createdAt }) => ({
      label: `${name} ${version}`,
      description: timeText(createdAt),
      value: [{ model_name: name, model_version: version, specification: 'local', weight: 100, instance_count: 1 }],
    }));
}

async function confirm(title: string, work: readonly Need[]): Promise<boolean> {
  const what = work.map(({ name, description }) => description ?? name).join('\n');
  const go: vscode.MessageItem = { title: vscode.l10n.t('Continue') };
  const options = { modal: true, detail: what || vscode.l10n.t('Continue when the work is done.') };
  return (await vscode.window.showInformationMessage(title, options, go)) === go;
}
