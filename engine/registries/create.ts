// The registries as the API asks them: datasets, models and services of this machine, and the files of runs.
//   const machine = createLocalMachine({ stateFolder, settings, records, now });
//   const registries = createRegistries(machine);      recover() before the first request and before runs are recovered
//   newestModels(machine, run)                          what the answer `newest` of a held step stands for
import type { WeftService } from '../../core/api/weft.ts';
import type { Plain } from '../../core/plan/plain.ts';
import type { RunState } from '../../core/run/reduce.ts';
import type { LocalMachine } from '../steps/local-machine.ts';
import { StepError } from '../steps/step-runner.ts';
import { artifactsOf } from './artifacts.ts';
import type { PredictAnswer, PredictRequest, Registries } from './registries.ts';
import { addressOf } from './services.ts';

export function createRegistries({ datasets, models, services, storage }: LocalMachine): Registries {
  const listed = (id: string): WeftService | undefined => services.listed().find((service) => service.id === id);

  return {
    datasets: async () => datasets.listed(),
    models: async () => models.listed(),
    services: async () => services.listed(),

    async stopService(id) {
      return (await services.stop(id)) && listed(id);
    },

    async predict(id, request) {
      const service = services.find({ id });
      if (!service) return undefined;
      if (service.status !== 'running') {
        const why = service.message ? ` (${service.message})` : '';
        throw new StepError(
          'service-not-running',
          `service "${service.name}" is ${service.status}${why}; run its workflow to deploy it`,
        );
      }
      const url = `${addressOf(service)}${service.live[0]?.predictPath ?? '/'}`;
      return await ask(service.name, url, request);
    },

    artifacts: (run) => artifactsOf(run, storage, datasets),
    runningServices: () => services.running(),
    recover: () => services.recover(),

    async close({ stopServices }) {
      if (stopServices) {
        const active = services.list().filter(({ status }) => status === 'running' || status === 'deploying');
        await Promise.all(active.map(({ id }) => services.stop(id)));
      }
      await services.close();
    },
  };
}

/** The model that was registered last: in this run, else at all. Undefined where there is none. */
export function newestModels({ models }: LocalMachine, run: RunState): Plain | undefined {
  const model = models.newest({ run: run.id });
  return (
    model && [{ model_name: model.name, model_version: model.version, specification: 'local', weight: 100, instance_count: 1 }]
  );
}

async function ask(name: string, url: string, { headers, body, signal }: PredictRequest): Promise<PredictAnswer> {
  try {
    const answer = await fetch(url, { method: 'POST', headers, body: Buffer.from(body), signal });
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: new Uint8Array(await answer.arrayBuffer()),
    };
  } catch (cause) {
    if (signal.aborted) throw cause;
    const reason = ((cause as Error).cause as Error | undefined)?.message ?? (cause as Error).message;
    throw new StepError('service-silent', `service "${name}" does not answer at ${url}: ${reason}`, { cause });
  }
}
