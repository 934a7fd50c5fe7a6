// A release that stopped: where, why, what that means for the released version, and the way out. In both languages, for every client.
import type { Localized } from '../core/text/diagnostic.ts';
import { shownKey } from './credentials.ts';
import { RemoteError } from './errors.ts';
import type { Service } from './service.ts';

export type ReleaseStage = 'look' | 'upload' | 'create' | 'update' | 'start' | 'unknown' | 'changed' | 'secret';

export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
  readonly stage: ReleaseStage;
  readonly text: Localized;

  constructor(stage: ReleaseStage, text: Localized, options?: ErrorOptions) {
    super(text.en, options);
    this.stage = stage;
    this.text = text;
  }
}

/** Whose keys, for which engine. */
type Who = Pick<Service, 'keys' | 'engine'>;

interface Consequence {
  readonly doing: Localized;
  readonly then: Localized;
}

const consequences: Readonly<Record<Exclude<ReleaseStage, 'unknown' | 'changed' | 'secret'>, Consequence>> = {
  look: {
    doing: { en: 'The release could not be prepared', zh: '无法准备发布' },
    then: { en: 'Nothing was changed.', zh: '未做任何更改。' },
  },
  upload: {
    doing: { en: 'The upload stopped', zh: '上传中断' },
    then: {
      en: 'The released version stays as it was. What has arrived stays there: a second try sends only the rest.',
      zh: '已发布的版本保持不变。已上传的文件会保留，重试时只发送剩余部分。',
    },
  },
  create: {
    doing: { en: 'The workflow was not released', zh: '工作流未发布' },
    then: { en: 'The service has none of that name yet; try again.', zh: '服务中尚无该名称的工作流，请重试。' },
  },
  update: {
    doing: { en: 'The workflow was not released', zh: '工作流未发布' },
    then: { en: 'The released version stays as it was; try again.', zh: '已发布的版本保持不变，请重试。' },
  },
  start: {
    doing: { en: 'The workflow is released, but its run did not start', zh: '工作流已发布，但未能启动运行' },
    then: { en: 'Run it again when that is over.', zh: '请稍后再次运行。' },
  },
};

/** Throws: what the service or the store said, with what it means here. Passes on an abort by the user as it is. */
export function stopped(error: unknown, stage: keyof typeof consequences, service: Who): never {
  if (!(error instanceof RemoteError)) throw error;
  const { doing, then } = consequences[stage];
  const why = explained(error, service);
  throw new ReleaseError(
    stage,
    { en: `${doing.en}: ${sentence(why.en)} ${then.en}`, zh: `${doing.zh}：${sentence(why.zh)}${then.zh}` },
    { cause: error },
  );
}

/** The call got no clear answer, and neither did the look at what it did. */
export function unknownOutcome(error: RemoteError): ReleaseError {
  return new ReleaseError(
    'unknown',
    {
      en: `${sentence(error.message)} Whether the service carried it out cannot be seen now. Release again when it can be reached: what is done is not done twice.`,
      zh: `${sentence(error.message)}目前无法确认服务是否已执行。请在服务可访问后重新发布：已完成的操作不会重复执行。`,
    },
    { cause: error },
  );
}

/** What people can do about a refusal. */
export function explained(error: RemoteError, { keys, engine }: Who): Localized {
  const said = error.status === 0 ? error.message : `${error.message.replace(/\.$/, '')} (${error.code})`;
  const key = `access key ${shownKey(keys.accessKey)} of ${keys.foundIn}`;
  const keyZh = `访问密钥 ${shownKey(keys.accessKey)}（来自 ${keys.foundIn}）`;
  if (error.status === 401 || error.code === 'SignatureDoesNotMatch' || error.code === 'InvalidAccessKeyId')
    return {
      en: `${sentence(said)} The ${key} is not accepted: check it, its project, and the clock of this machine.`,
      zh: `${sentence(said)}${keyZh} 未被接受：请检查密钥、所属项目以及本机时钟。`,
    };
  if (error.status === 403)
    return {
      en: `${sentence(said)} The ${key} has no permission for that in project ${engine.projectId ?? engine.region}.`,
      zh: `${sentence(said)}${keyZh} 在项目 ${engine.projectId ?? engine.region} 中没有此权限。`,
    };
  if (error.status === 429)
    return {
      en: `${sentence(said)} The service takes no more calls for now: wait a minute.`,
      zh: `${sentence(said)}服务暂时不再接受请求：请稍等一分钟。`,
    };
  if (error.status >= 500)
    return { en: `${sentence(said)} The fault is the service's.`, zh: `${sentence(said)}这是服务端的故障。` };
  return { en: said, zh: said };
}

function sentence(text: string): string {
  return /[.!?。]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
