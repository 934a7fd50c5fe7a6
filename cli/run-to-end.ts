// A run that was begun, followed to its end: steps that wait are answered, Ctrl-C stops it. The same for the local engine and the cloud.
import type { NamedInput } from '../core/api/service.ts';
import type { GivenValue } from '../core/config/values-file.ts';
import { prepareAnswer } from '../core/run/answers.ts';
import type { RunState, StepState } from '../core/run/reduce.ts';
import type { Client } from '../remote/client.ts';
import type { Console } from './command.ts';
import { pathOf } from './find-run.ts';
import { followRun } from './follow-run.ts';
import { ask, questionFor } from './prompt.ts';

export interface RunToEnd {
  readonly client: Client;
  readonly run: string;
  readonly json: boolean;
  /** Steps that the engine answers by itself. */
  readonly answered?: ReadonlySet<string>;
  /** Prepared answers that are given from here, since the engine cannot keep them. */
  readonly answers?: readonly GivenValue[];
}

/** Ctrl-C stops the run and waits for its end; a second one ends this command at once. */
export async function runToEnd({ client, run, json, answered, answers = [] }: RunToEnd, console: Console): Promise<RunState> {
  const onWaiting = (state: RunState, step: StepState) => answerStep(client, state, step, answers, console);
  try {
    return await followRun({ client, run, json, onWaiting, ...(answered && { answered }) }, console);
  } catch (error) {
    if (!console.signal.aborted) throw error;
    const { state } = await client.call('ShowRun', { path: { execution_id: run } });
    console.err(`stopping ${state.name}\n`);
    await client.call('CreateWorkflowExecutionsActions', { path: pathOf(state), body: { action_name: 'stop' } });
    const patient = { ...console, signal: new AbortController().signal };
    return followRun({ client, run, json, after: state.seq, logs: false }, patient);
  }
}

/** Nothing was prepared, or what was does not fit: somebody is asked, else the run is stopped and it is said what was missing. */
async function answerStep(
  client: Client,
  state: RunState,
  step: StepState,
  answers: readonly GivenValue[],
  console: Console,
): Promise<void> {
  const path = { ...pathOf(state), step_execution_id: step.uuid };
  const goOn = (parameters: readonly NamedInput[], data: readonly NamedInput[]) =>
    client.call('CreateWorkflowStepExecutionsActions', {
      path,
      body: { action_name: 'continue', parameters, data_requirements: data },
    });
  const given = answers.find(({ name }) => name === step.name);
  if (given) {
    const prepared = prepareAnswer(given.text ?? given.value, step.name, step.needs, () => undefined);
    if (prepared.kind === 'values') {
      const { parameters, data } = prepared.values;
      await goOn(
        parameters.map(({ name, value }) => ({ name, value })),
        data.map(({ name, value }) => ({ name, value })),
      );
      return;
    }
    console.err(`weft: ${prepared.message}\n`);
  }
  if (!console.interactive) {
    const list = step.needs.map(({ name, type }) => `${name} (${type})`).join(', ') || 'a person to continue it';
    console.err(
      `weft: step ${step.name} waits for ${list}; prepare it with --answers FILE (answers: {${step.name}: ...}). The run is stopped.\n`,
    );
    await client.call('CreateWorkflowExecutionsActions', { path: pathOf(state), body: { action_name: 'stop' } });
    return;
  }
  const parameters: NamedInput[] = [];
  const data: NamedInput[] = [];
  for (const need of step.needs.filter(({ kind }) => kind !== 'work')) {
    const text = await ask(questionFor(need), console, (answer) => (answer === '' ? 'A value is needed.' : undefined));
    (need.kind === 'parameter' ? parameters : data).push({ name: need.name, value: text });
  }
  if (step.needs.every(({ kind }) => kind === 'work')) {
    await ask(`${step.name} waits for its work to be done. Enter continues it\n> `, console, () => undefined);
  }
  await goOn(parameters, data);
}
