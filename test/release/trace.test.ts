// What goes over the wire for a release, a change and a run, held to a recorded trace: a client that asks more, less or otherwise than
// before shows here. `WEFT_RECORD=1` writes the trace anew.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { noValues } from '../../core/config/values-file.ts';
import { reduce, type RunState } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { changesBetween as compare } from '../../core/release/changes.ts';
import { serviceRequest } from '../../core/release/execution-request.ts';
import { draftRelease } from '../../loader/upload-plan.ts';
import { readSource } from '../../loader/source.ts';
import { cloudClient } from '../../remote/cloud-client.ts';
import { carryOut, planRelease, startRun } from '../../remote/release.ts';
import { atOnce, connect } from '../support/service/connect.ts';
import { bucket, startS3 } from '../support/service/s3-store.ts';
import { startStandIn } from '../support/service/stand-in.ts';
import { folder, projectFiles, workflow, write } from './project.ts';

const golden = join(import.meta.dirname, 'release.golden.json');

test('the exchanges of a release, a change and a run are the recorded ones', async (t) => {
  const [service, s3] = await Promise.all([startStandIn(t, { clock: 'poll' }), startS3(t)]);
  service.scripts = { train: { log: ['one\n', 'two\n'] } };
  const root = folder(t, projectFiles);
  const to = await connect(service, { staging: `/${bucket}/weft/`, obsEndpoint: s3.url });
  const options = { compare, retry: atOnce };
  const release = async () => {
    const draft = await draftRelease(await readSource(join(root, 'flow.workflow.yaml'), 'file'), to.engine, noValues);
    const plan = await planRelease(to, draft, options);
    return { plan, ...(await carryOut(to, plan, options)) };
  };
  await release();
  write(root, 'flow.workflow.yaml', workflow.replace('default: 3', 'default: 5'));
  const { plan, workflowId } = await release();
  const { execution_id: run } = await startRun(to, workflowId, serviceRequest(plan.body, noValues, { labels: ['traced'] }));
  const client = cloudClient(to, { poll: { soonestMs: 0, latestMs: 0, idleMs: 0 } });
  client.adopt(workflowId, run);
  let state: RunState | undefined;
  for await (const event of client.events({ after: 0, run })) {
    state = reduce(state, event)!;
    if (isEndedRun(state.status)) break;
  }
  // Uploads go beside each other, so their order is not part of it.
  const trace = { service: service.wire, store: s3.seen.toSorted() };
  const text = `${JSON.stringify(trace, null, 1)}\n`;
  if (process.env['WEFT_RECORD']) writeFileSync(golden, text);
  assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(golden, 'utf8')));
});
