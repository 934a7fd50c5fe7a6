// The main job without a window: runs examples/digits on the embedded engine with its logs in the terminal, measures the model on
// pictures that no step has seen, and asks the running service to read one of them. Usage: npm run demo
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { parseTar } from 'nanotar';
import { findEngine, type LocalEngine, stopEngine } from '../remote/local.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const example = join(root, 'examples/digits');
const wanted = 0.9;

await program(join(root, 'cli/main.ts'), 'run', 'digits.workflow.yaml');
const engine = await findEngine(example);
if (!engine) throw new Error(`The engine of ${example} has gone before its model could be used.`);
try {
  await useModel(engine);
} finally {
  await stopEngine(example);
}

async function useModel({ client }: LocalEngine): Promise<void> {
  const models = await client.call('ListModels');
  const version = models.find(({ name }) => name === 'digits')?.versions.at(-1);
  if (!version) throw new Error('The run registered no model "digits".');
  const measured = await program(join(example, 'src/evaluate.mjs'), version.path);
  const accuracy = Number(/accuracy ([\d.]+)/.exec(measured)?.[1]);
  console.log(
    `\nvalidation accuracy of model digits ${version.version}: ${accuracy.toFixed(3)} on pictures that no step has seen`,
  );
  if (!(accuracy >= wanted)) throw new Error(`The accuracy is below ${wanted}.`);

  const service = (await client.call('ListServices')).findLast(({ name, status }) => name === 'digits' && status === 'running');
  if (!service) throw new Error('No service "digits" runs.');
  const { name, data } = picture();
  const path = { service_id: service.id };
  const answer = await client.call('PredictService', { path, body: { image: Buffer.from(data).toString('base64') } });
  const { predicted_label: label } = answer as { predicted_label: string };
  console.log(`the service at ${service.accessAddress} reads ${name} as ${label}`);
  await client.call('StopService', { path });
}

/** One of the pictures that were kept apart. */
function picture(): { readonly name: string; readonly data: Uint8Array } {
  const files = parseTar(brotliDecompressSync(readFileSync(join(example, 'data/digits.tar.br'))));
  const held = files.filter(({ name, data }) => name.startsWith('holdout/7/') && data);
  return { name: held[0]!.name, data: held[0]!.data! };
}

/** Runs a program of the repository with its output shown; answers what it wrote. Ends this script where it fails. */
async function program(file: string, ...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [file, ...args], { cwd: example, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) process.exit(code ?? 1);
  return output;
}
