// weft release FILE: the workflow to the service, its local code to object storage; with --run it is begun and followed as well.
// Exit: 0 released (and completed), 1 errors in the workflow, no consent, or a run that did not complete, 2 wrong usage or environment.
import { parseArgs } from 'node:util';
import { checkValues, compileBody } from '../../loader/compile.ts';
import { engineValues, loadConfig } from '../../loader/load-config.ts';
import { workspaceRoot } from '../../loader/workspace-root.ts';
import { cloudEngine, connectCloud } from '../cloud.ts';
import { type CloudRelease, releaseToCloud } from '../cloud-release.ts';
import { runInCloud } from '../cloud-run.ts';
import { type Command, UsageError } from '../command.ts';
import { completed } from '../missing-values.ts';
import { findingsOf, report } from '../report.ts';
import { givenValues } from '../run-values.ts';
import { sceneSteps } from '../scene-steps.ts';
import { openSource } from '../source-file.ts';

const options = {
  engine: { type: 'string' },
  credentials: { type: 'string' },
  update: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  run: { type: 'boolean', default: false },
  set: { type: 'string', multiple: true, default: [] as string[] },
  data: { type: 'string', multiple: true, default: [] as string[] },
  storage: { type: 'string', multiple: true, default: [] as string[] },
  params: { type: 'string' },
  answers: { type: 'string' },
  scene: { type: 'string' },
  label: { type: 'string', multiple: true, default: [] as string[] },
  json: { type: 'boolean', default: false },
  detach: { type: 'boolean', default: false },
} as const;

export const releaseCommand: Command = {
  name: 'release',
  usage:
    'release FILE [--engine NAME] [--update] [--yes] [--credentials FILE] [--storage name=PATH]... [--params FILE] [--json]\n' +
    '           [--run [--set name=value]... [--data name=JSON]... [--answers FILE] [--scene S] [--label L] [--detach]]',
  summary: { en: 'Release a workflow to the cloud service', zh: '将工作流发布到云服务' },
  examples: [
    'weft release digits.workflow.yaml --engine prod',
    'weft release digits.workflow.yaml --engine prod --run --set epochs=3',
  ],
  async run(args, console) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('name one workflow file: weft release FILE');
    const read = await openSource(console, name);
    const errors = read.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      report(findingsOf(read.file, read.source, errors, console), 'text', { ...console, out: console.err });
      return 1;
    }
    const loaded = loadConfig(workspaceRoot(read.file));
    const engine = cloudEngine(loaded, values.engine);
    const given = givenValues(values, engineValues(loaded, engine), console);
    const { missing, problems } = checkValues(
      compileBody(read, engine, loaded.root),
      given,
      sceneSteps(read.workflow.scenes, values.scene),
    );
    if (problems.length > 0) throw new UsageError(problems.join('\n      '));
    const complete = values.run ? await completed(given, missing, console) : given;
    const service = await connectCloud(console, loaded, engine, values.credentials);
    const release: CloudRelease = {
      read,
      loaded,
      engine,
      service,
      values: complete,
      update: values.update || values.run,
      yes: values.yes,
    };
    if (values.run) {
      const { label: labels, json, detach, scene } = values;
      return runInCloud(release, { labels, json, detach, ...(scene !== undefined && { scene }) }, console);
    }
    const released = await releaseToCloud(release, console);
    if (!released) return 1;
    const { workflowId, done } = released;
    console.out(values.json ? `${JSON.stringify({ workflow_id: workflowId, done })}\n` : `${workflowId}\n`);
    console.err(`${released.plan.name} is ${done === 'unchanged' ? 'released already' : done} on ${engine.name}\n`);
    return 0;
  },
};
