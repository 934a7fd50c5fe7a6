// The runs that the extension knows are those of the engine: read, followed as they happen, acted on through the commands.
import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { WorkflowBody } from '../../../core/api/service.ts';
import { isEndedRun } from '../../../core/run/status.ts';
import { findEngine } from '../../../remote/local.ts';
import { saveWorkflow } from '../../../remote/save-workflow.ts';
import { eventually } from '../../support/vscode/wait.ts';
import { engine, runWhere, weft, workspaceRoot } from './weft-extension.ts';

/** A chain of jobs that run shell commands in the workspace. */
function body(name: string, commands: Readonly<Record<string, string>>): WorkflowBody {
  const root = vscode.Uri.file(workspaceRoot()).toString();
  return {
    name,
    steps: Object.entries(commands).map(([step, command], index, all) => ({
      name: step,
      type: 'job',
      depend_steps: index === 0 ? [] : [all[index - 1]![0]],
      inputs: [],
      outputs: [],
      properties: {
        kind: 'job',
        algorithm: { code_dir: `${root}/src/`, command, engine: { image_url: 'org/image:1' } },
        spec: { resource: { flavor_id: 'cpu', node_count: 1 } },
      },
      policy: {},
    })),
  };
}

async function begin(workflow: WorkflowBody): Promise<string> {
  const { client } = await engine();
  const { workflow_id } = await saveWorkflow(client, workflow);
  return (await client.call('CreateWorkflowExecution', { path: { workflow_id }, body: {} })).execution_id;
}

suite('runs', () => {
  suiteSetup(weft);

  test('a run that someone else began is followed to its end, with its steps', async () => {
    const id = await begin(body('followed', { one: 'echo first', two: 'exit 3' }));
    const run = await runWhere('the run has ended', (each) => each.id === id && isEndedRun(each.status));
    assert.equal(run.status, 'abnormal');
    assert.deepEqual(
      run.steps.map(({ name, status }) => [name, status]),
      [
        ['one', 'completed'],
        ['two', 'failed'],
      ],
    );
  });

  test('a run is stopped, retried and run again by commands', async () => {
    const flag = join(workspaceRoot(), 'go');
    const id = await begin(body('acted', { wait: `[ -e '${flag}' ] || sleep 600` }));
    await runWhere('the step runs', (run) => run.id === id && run.steps[0]!.status === 'running');
    await vscode.commands.executeCommand('weft.stop', id);
    await runWhere('it is stopped', (run) => run.id === id && run.status === 'stopped');
    writeFileSync(flag, '');
    await vscode.commands.executeCommand('weft.retry', id);
    await runWhere('it completes after the retry', (run) => run.id === id && run.status === 'completed');
    const again = await vscode.commands.executeCommand<string>('weft.rerun', { kind: 'run', run: id });
    assert.notEqual(again, id);
    await runWhere('the new run completes', (run) => run.id === again && run.status === 'completed');
    rmSync(flag);
  });

  test('the ID of a run is copied', async () => {
    const id = await begin(body('copied', { one: 'true' }));
    await runWhere('the run is known', (run) => run.id === id);
    await vscode.commands.executeCommand('weft.copyRunId', { kind: 'run', run: id });
    assert.equal(await vscode.env.clipboard.readText(), id);
    await runWhere('it has ended', (run) => run.id === id && isEndedRun(run.status));
  });

  test('runs are still known when the engine was stopped and started again', async () => {
    const api = await weft();
    const before = api.runs().map(({ id }) => id);
    assert.ok(before.length > 0);
    await eventually('nothing runs', () => api.runs().every((run) => isEndedRun(run.status)));
    await vscode.commands.executeCommand('weft.stopEngine');
    assert.equal(await findEngine(workspaceRoot()), undefined);
    const id = await begin(body('later', { one: 'true' }));
    await runWhere('the new run has ended', (run) => run.id === id && isEndedRun(run.status));
    assert.deepEqual(
      api.runs().map((run) => run.id),
      [id, ...before],
    );
    assert.ok(existsSync(join(workspaceRoot(), '.weft/engine.db')));
  });
});
