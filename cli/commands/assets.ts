// weft dataset|model|service: what runs have made on this machine; services can be asked, read and stopped.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { WeftService } from '../../core/api/weft.ts';
import type { Client } from '../../remote/client.ts';
import { type Command, type Console, UsageError } from '../command.ts';
import { needEngine } from '../local-engine.ts';
import { table } from '../table.ts';

export const datasetCommand: Command = {
  name: 'dataset',
  usage: 'dataset list [--json]',
  summary: { en: 'List the datasets of this machine', zh: '查看本机的数据集' },
  examples: ['weft dataset list'],
  run: (args, console) =>
    listing(
      args,
      console,
      'datasets',
      (client) => client.call('ListDatasets'),
      (items) =>
        items.map(({ name, dataType, samples, versions }) => [
          name,
          dataType,
          `${samples} samples`,
          versions.map((version) => version.name).join(', '),
        ]),
    ),
};

export const modelCommand: Command = {
  name: 'model',
  usage: 'model list [--json]',
  summary: { en: 'List the models of this machine', zh: '查看本机的模型' },
  examples: ['weft model list'],
  run: (args, console) =>
    listing(
      args,
      console,
      'models',
      (client) => client.call('ListModels'),
      (items) => items.flatMap(({ name, versions }) => versions.map(({ version, type, path }) => [name, version, type, path])),
    ),
};

export const serviceCommand: Command = {
  name: 'service',
  usage: 'service list|predict|stop [NAME] [--file REQUEST.json] [--json]',
  summary: { en: 'List services, ask one, stop it', zh: '查看、调用或停止服务' },
  examples: ['weft service list', 'weft service predict digits --file request.json', 'weft service stop digits'],
  async run(args, console) {
    const [verb, ...rest] = args;
    if (verb === 'list') {
      return listing(
        ['list', ...rest],
        console,
        'services',
        (client) => client.call('ListServices'),
        (items) => items.map((item) => [item.name, item.status, item.accessAddress ?? '-', modelsOf(item)]),
      );
    }
    if (verb !== 'predict' && verb !== 'stop')
      throw new UsageError(`weft service knows list, predict and stop${verb ? `, and not "${verb}"` : ''}`);
    const { values, positionals } = parseArgs({
      args: rest,
      options: { file: { type: 'string' }, json: { type: 'boolean' } },
      allowPositionals: true,
    });
    const { client } = await needEngine(console);
    const service = await findService(client, positionals[0]);
    const path = { service_id: service.id };
    if (verb === 'stop') {
      await client.call('StopService', { path });
      console.out(`service ${service.name} has stopped\n`);
      return 0;
    }
    if (values.file === undefined) throw new UsageError('give the request: weft service predict NAME --file REQUEST.json');
    const body = JSON.parse(readFileSync(resolve(console.cwd, values.file), 'utf8')) as unknown;
    console.out(`${JSON.stringify(await client.call('PredictService', { path, body }), undefined, 2)}\n`);
    return 0;
  },
};

async function listing<Item>(
  args: readonly string[],
  console: Console,
  what: string,
  read: (client: Client) => Promise<readonly Item[]>,
  rows: (items: readonly Item[]) => readonly (readonly string[])[],
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [verb] = positionals;
  if (verb !== 'list') throw new UsageError(`weft ${what.slice(0, -1)} knows list${verb ? `, and not "${verb}"` : ''}`);
  const items = await read((await needEngine(console)).client);
  const shown = rows(items);
  if (values.json) console.out(`${JSON.stringify(items)}\n`);
  else console.out(shown.length === 0 ? `There are no ${what} yet.\n` : table(shown));
  return 0;
}

async function findService(client: Client, name: string | undefined): Promise<WeftService> {
  const services = await client.call('ListServices');
  const names = [...new Set(services.map((service) => service.name))].join(', ') || 'none';
  const found = services.findLast(({ id, name: own }) => name === undefined || id === name || own === name);
  if (!found)
    throw new UsageError(name === undefined ? 'there is no service' : `there is no service "${name}"; there is ${names}`);
  return found;
}

function modelsOf({ models }: WeftService): string {
  return models.map(({ name, version, weight }) => `${name} ${version}${models.length > 1 ? ` (${weight} %)` : ''}`).join(', ');
}
