// The inference service: an HTTP server over the model.json beside it. PORT says where to listen.
//   GET  /health  ->  { health: true, model }
//   POST /        <-  { image: base64 of a BMP } or { pixels: 784 numbers from 0 to 255 }
//                 ->  { predicted_label: "7", scores: [["7", "0.998"], ...] }
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pixelsOf, side } from './bitmap.mjs';
import { largest, Network } from './network.mjs';

const largestBody = 1024 * 1024;
const network = Network.fromJSON(JSON.parse(readFileSync(path.join(import.meta.dirname, 'model.json'), 'utf8')));
const name = `${network.inputs}-${network.hidden}-${network.outputs}`;

const server = createServer(async (request, response) => {
  try {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (request.method === 'GET' && pathname === '/health') return answer(response, 200, { health: true, model: name });
    if (request.method !== 'POST' || pathname !== '/') {
      return answer(response, 404, { error_msg: `${request.method} ${pathname}: there is GET /health and POST /` });
    }
    const prediction = predict(await readJson(request));
    console.log(`predicted ${prediction.predicted_label} with ${prediction.scores[0][1]}`);
    answer(response, 200, prediction);
  } catch (error) {
    answer(response, error.status ?? 400, { error_msg: error.message });
  }
});

server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? '127.0.0.1', () => {
  console.log(`network ${name} listens on port ${server.address().port}`);
});

process.on('SIGTERM', () => {
  console.log('stopped on request');
  server.close(() => process.exit(0));
  server.closeAllConnections();
});

function predict(input) {
  const scores = [...network.predict(inputOf(input))];
  return {
    predicted_label: String(largest(scores)),
    // Best first. Probabilities are texts, as in ModelArts' own image services.
    scores: scores
      .map((score, digit) => [String(digit), score])
      .sort((a, b) => b[1] - a[1])
      .map(([digit, score]) => [digit, score.toFixed(3)]),
  };
}

function inputOf(input) {
  if (typeof input?.image === 'string') return pixelsOf(Buffer.from(input.image, 'base64'));
  if (Array.isArray(input?.pixels) && input.pixels.length === side * side && input.pixels.every(Number.isFinite)) {
    return Float32Array.from(input.pixels, (grey) => grey / 255);
  }
  throw new Error(`expected { "image": base64 of a BMP } or { "pixels": ${side * side} numbers from 0 to 255 }`);
}

async function readJson(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largestBody) throw Object.assign(new Error('the request is larger than 1 MB'), { status: 413 });
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
