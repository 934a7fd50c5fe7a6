// The server's part of a release: local code found and hashed, versions compared, engines of the configuration; and no key in any of it.
import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type CompareParams,
  type CompareResult,
  compareRequest,
  type EnginesParams,
  type EnginesResult,
  enginesRequest,
  type ReleaseParams,
  type ReleaseResult,
  releaseRequest,
} from '../../core/protocol/lsp.ts';
import { noValues } from '../../core/config/values-file.ts';
import { folder, projectFiles, workflow } from '../release/project.ts';
import { Session } from './session.ts';

const secret = 'CanarySecretOfTheServerTest0123456789';
const config = 'engines:\n  prod: { type: modelarts, region: cn-north-4, staging: /bucket/weft/ }\n  local: { type: local }\n';

describe('release', () => {
  let session: Session;
  before(async () => {
    session = await Session.start({ env: { HUAWEICLOUD_SDK_AK: 'CANARYACCESSKEY', HUAWEICLOUD_SDK_SK: secret } });
  });
  after(() => session.stop());

  const ask = <Result>(name: string, params: object) => session.connection.sendRequest<Result>(name, params);
  const project = (t: TestContext) =>
    folder(t, {
      ...projectFiles,
      'weft.config.yaml': config,
      'credentials.csv': `Access Key Id,Secret Access Key\nCANARYACCESSKEY,${secret}\n`,
    });

  it('finds the code of an edited document, typed values in the request, and what stands in the way', async (t) => {
    const root = project(t);
    const [document] = await session.open(workflow, 'flow.workflow.yaml', pathToFileURL(root).href);
    const values = { ...noValues, parameters: [{ name: 'epochs', value: '7', text: '7' }] };
    const params: ReleaseParams = { uri: document.uri, engine: 'prod', values };
    const { errors, draft, request } = await ask<ReleaseResult>(releaseRequest, params);
    assert.deepEqual(errors, []);
    assert.deepEqual(
      draft!.uploads.map(({ written, files }) => [written, files.length]),
      [
        ['./data/', 2],
        ['./src/train', 3],
      ],
    );
    assert.match(draft!.uploads[1]!.to, /^\/bucket\/weft\/flow\/[0-9a-f]{12}\/train\/$/);
    assert.deepEqual(request, { parameters: [{ name: 'epochs', type: 'int', value: 7 }] });
    await session.replace(document, './src/train\n      boot_file: train.py', './src/trian\n      boot_file: train.py');
    const wrong = await ask<ReleaseResult>(releaseRequest, params);
    assert.equal(wrong.draft, undefined);
    assert.match(wrong.errors[0]!.message, /^train: algorithm\.code_dir: \.\/src\/trian is not there/);
    const local = await ask<ReleaseResult>(releaseRequest, { ...params, engine: 'local' });
    assert.match(local.errors[0]!.message, /on this machine/);
    await session.close(document);
  });

  it('compares versions in the words of the file, without what the service keeps beside them', async () => {
    const step = { name: 'a', type: 'job', properties: {} };
    const after = { name: 'flow', steps: [step], parameters: [{ name: 'epochs', type: 'int', default: 5 }] };
    const served = { workflow_id: 'id', created_at: 'then', run_count: 3, smn_switch: false };
    const before = {
      ...after,
      ...served,
      steps: [{ ...step, created_at: 'then' }],
      parameters: [{ name: 'epochs', type: 'int', default: 3, used_steps: [] }],
    };
    const params: CompareParams = { before, after };
    const result = await ask<CompareResult>(compareRequest, params);
    assert.deepEqual(result.changes, [
      { section: 'parameters', name: 'epochs', kind: 'changed', members: [{ path: 'default', before: 3, after: 5 }] },
    ]);
    assert.equal(result.before, result.after.replace('default: 5', 'default: 3'));
  });

  it('knows the engines in the cloud of a root', async (t) => {
    const params: EnginesParams = { root: project(t) };
    const engines = await ask<EnginesResult>(enginesRequest, params);
    assert.deepEqual(engines, [{ kind: 'modelarts', name: 'prod', region: 'cn-north-4', staging: '/bucket/weft/' }]);
    assert.deepEqual(await ask<EnginesResult>(enginesRequest, { root: folder(t) }), []);
  });

  it('says no key, though it could see them', async (t) => {
    const root = project(t);
    const [document] = await session.open(workflow, 'flow.workflow.yaml', pathToFileURL(root).href);
    const params: ReleaseParams = { uri: document.uri, engine: 'prod' };
    const said = [
      await ask<ReleaseResult>(releaseRequest, params),
      await ask<EnginesResult>(enginesRequest, { root }),
      session.log,
    ];
    assert.doesNotMatch(JSON.stringify(said), /CanarySecret|CANARYACCESSKEY/);
  });
});
