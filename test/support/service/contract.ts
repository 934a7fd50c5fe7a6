// The published API as a judge: requests and answers of the stand-in are held to the OpenAPI file, and paths to the table of routes.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { serviceRoutes } from '../../../core/api/routes.ts';

export type ServiceRoute = keyof typeof serviceRoutes;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly type?: string };
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Body & { readonly required?: boolean };
  readonly responses: Readonly<Record<string, (Body & { readonly $ref?: string }) | undefined>>;
}
interface Body {
  readonly content?: {
    readonly 'application/json'?: {
      readonly schema: object;
      readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
    };
  };
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly parameters?: Readonly<Record<string, Parameter>>;
    readonly schemas: Readonly<Record<string, object>>;
  };
}

const file = new URL('../../../schemas/modelarts-workflow.openapi.json', import.meta.url);
export const openApi = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
const ajv = new Ajv({ strict: false, allErrors: true });
(formats as unknown as (ajv: Ajv) => void)(ajv);
ajv.addSchema(openApi as unknown as object, 'modelarts');

const operations = new Map<string, { readonly operation: Operation; readonly at: string }>();
for (const [path, methods] of Object.entries(openApi.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (operation.operationId) operations.set(operation.operationId, { operation, at: `paths/${pointer(path)}/${method}` });
  }
}

export interface Matched {
  readonly route: ServiceRoute;
  readonly ids: Readonly<Record<string, string>>;
}

/** The row of a request's path; fixed segments win over ids. */
export function matchRoute(method: string, path: string): Matched | undefined {
  const given = path.split('/');
  let best: (Matched & { readonly fixed: number }) | undefined;
  for (const [route, row] of Object.entries(serviceRoutes)) {
    const wanted = row.path.split('/');
    if (row.method !== method || wanted.length !== given.length) continue;
    const ids: Record<string, string> = {};
    let fixed = 0;
    const fits = wanted.every((segment, index) => {
      const id = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (id === undefined) fixed += 1;
      else ids[id] = decodeURIComponent(given[index]!);
      return id !== undefined || segment === given[index];
    });
    if (fits && (!best || fixed > best.fixed)) best = { route: route as ServiceRoute, ids, fixed };
  }
  return best;
}

/** What the API says against a request; undefined where it is fine. */
export function wrongRequest(route: ServiceRoute, query: URLSearchParams, body: unknown): string | undefined {
  const { operation, at } = operations.get(route)!;
  for (const each of operation.parameters ?? []) {
    const parameter = '$ref' in each ? openApi.components.parameters?.[each.$ref.split('/').at(-1)!] : each;
    if (parameter?.in !== 'query' || parameter.schema.type !== 'integer') continue;
    const value = query.get(parameter.name);
    if (value !== null && !/^\d+$/.test(value)) return `${parameter.name} is no number`;
  }
  if (body === undefined) return operation.requestBody?.required ? 'body is required' : undefined;
  return operation.requestBody ? wrong(`${at}/requestBody`, body) : undefined;
}

/** A stand-in that answers what the service never would proves nothing: its own answers are checked too. */
export function wrongAnswer(route: ServiceRoute, status: number, body: unknown): string | undefined {
  const { operation, at } = operations.get(route)!;
  const response = operation.responses[status];
  if (!response) return `${route} does not answer ${status}`;
  if (body === undefined || !response.content) return undefined;
  return wrong(`${at}/responses/${status}`, body);
}

/** Request bodies that the file publishes as examples. */
export function publishedExamples(): readonly { readonly route: ServiceRoute; readonly name: string; readonly body: unknown }[] {
  return [...operations].flatMap(([route, { operation }]) =>
    Object.entries(operation.requestBody?.content?.['application/json']?.examples ?? {}).map(([name, { value }]) => ({
      route: route as ServiceRoute,
      name,
      body: value,
    })),
  );
}

function wrong(at: string, value: unknown): string | undefined {
  const validate = ajv.getSchema(`modelarts#/${at}/content/application~1json/schema`);
  if (!validate) throw new Error(`The OpenAPI file has no schema at ${at}.`);
  if (validate(value)) return undefined;
  return ajv.errorsText(validate.errors, { dataVar: 'body' });
}

function pointer(segment: string): string {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}
