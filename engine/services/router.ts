// The front of a service: a process of its own that passes requests on to the models behind it, by their weights. It keeps the
// address while models come and go, and goes on when the engine does not.
// Environment: PORT, and ROUTES: a file `[{ "port": 1, "weight": 80, "model": "name 0.0.1" }]`, replaced whole when it changes.
import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';

interface Route {
  readonly port: number;
  readonly weight: number;
  readonly model: string;
}

const file = process.env['ROUTES'] ?? '';
let stamp = '';
let routes: readonly Route[] = [];
/** What each route is owed: the next request goes to the one with most, so that 80 : 20 is exact after five. */
let credits: number[] = [];

function next(): Route | undefined {
  const { mtimeMs, ino } = statSync(file);
  if (stamp !== `${mtimeMs} ${ino}`) {
    stamp = `${mtimeMs} ${ino}`;
    routes = JSON.parse(readFileSync(file, 'utf8')) as readonly Route[];
    credits = routes.map(() => 0);
  }
  const total = routes.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  credits = credits.map((credit, index) => credit + routes[index]!.weight);
  const chosen = credits.indexOf(Math.max(...credits));
  credits[chosen]! -= total;
  return routes[chosen];
}

function pass(request: IncomingMessage, response: ServerResponse, { port, model }: Route): void {
  const { method, url, headers } = request;
  const onward = send({ host: '127.0.0.1', port, method, path: url, headers: { ...headers, host: `127.0.0.1:${port}` } });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'x-weft-model': model });
    answer.pipe(response);
  });
  onward.on('error', (error) => {
    if (response.headersSent) return void response.destroy();
    refuse(response, 502, `model ${model} does not answer: ${error.message}`);
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error_msg: message }));
}

const server = createServer((request, response) => {
  try {
    const route = next();
    if (route) pass(request, response, route);
    else refuse(response, 503, 'this service has no model');
  } catch (error) {
    refuse(response, 503, `the routes of this service cannot be read: ${(error as Error).message}`);
  }
});

server.listen(Number(process.env['PORT']), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
