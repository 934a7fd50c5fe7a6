// `/weft/v1/services`: services of this machine: list, ask for a prediction, stop.
import type { PredictAnswer, Registries } from '../../registries/registries.ts';
import { StepError } from '../../steps/step-runner.ts';
import { Problem } from '../problem.ts';
import type { Answer, Handlers } from '../server.ts';

/** Codes of our own, since the service has no such route. */
const codes = { missing: 'ModelArts.7541', refused: 'ModelArts.7542', broken: 'ModelArts.7543' } as const;

export function serviceHandlers(registries: Registries): Handlers {
  return {
    ListServices: async () => ({ body: await registries.services() }),

    PredictService: async ({ path, body, signal }) => {
      const id = path['service_id']!;
      const request = {
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(body ?? {})),
        signal,
      };
      try {
        const answer = await registries.predict(id, request);
        if (!answer) throw missing(id);
        return toAnswer(answer);
      } catch (error) {
        if (!(error instanceof StepError)) throw error;
        throw new Problem(error.code === 'service-silent' ? 502 : 400, codes.refused, error.message, { cause: error });
      }
    },

    StopService: async ({ path }) => {
      const id = path['service_id']!;
      const service = await registries.stopService(id);
      if (!service) throw missing(id);
      return { body: service };
    },
  };
}

/** JSON as it came, with its status; other bytes too, but a refusal that is no JSON becomes one. */
function toAnswer({ status, headers, body }: PredictAnswer): Answer {
  const type = headers['content-type'] ?? 'application/octet-stream';
  const text = () => Buffer.from(body).toString('utf8');
  if (type.includes('json')) {
    try {
      return { body: JSON.parse(text()) as unknown, status };
    } catch (cause) {
      throw new Problem(502, codes.broken, `the service said that it answers with JSON, and did not: ${text().slice(0, 200)}`, {
        cause,
      });
    }
  }
  if (status >= 400) throw new Problem(502, codes.broken, `the service answered ${status}: ${text().slice(0, 500)}`);
  return { bytes: body, headers: { 'Content-Type': type } };
}

function missing(id: string): Problem {
  return new Problem(400, codes.missing, `Service ${id} not found`);
}
