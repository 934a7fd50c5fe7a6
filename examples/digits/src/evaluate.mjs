// How good is a model on pictures that no part of the workflow has seen? Not a step: run by hand, or by `npm run demo`.
//   node src/evaluate.mjs MODEL [PICTURES]
// MODEL is the folder of a model package; PICTURES a folder `<digit>/<name>.bmp`, by default the holdout of data/digits.tar.br.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { pixelsOf } from './bitmap.mjs';
import { readDataset } from './dataset.mjs';
import { largest, Network } from './network.mjs';

const [model, pictures] = process.argv.slice(2);
if (!model) {
  console.error('usage: node evaluate.mjs MODEL [PICTURES]');
  process.exit(2);
}
const network = Network.fromJSON(JSON.parse(readFileSync(path.join(model, 'model.json'), 'utf8')));
const samples = pictures ? readDataset(pictures) : readHoldout(path.join(import.meta.dirname, '..', 'data', 'digits.tar.br'));
const right = samples.filter(({ pixels, label }) => largest(network.predict(pixels)) === label).length;
console.log(`pictures ${samples.length} right ${right} accuracy ${(right / samples.length).toFixed(3)}`);

function readHoldout(pack) {
  return [...tarEntries(brotliDecompressSync(readFileSync(pack)))]
    .filter(({ name }) => name.startsWith('holdout/'))
    .map(({ name, data }) => ({ pixels: pixelsOf(data), label: Number(name.split('/')[1]) }));
}

/** Plain files of a tar archive: a header of 512 bytes, then the data, filled up to 512. */
function* tarEntries(tar) {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const name = tar.toString('utf8', at, tar.indexOf(0, at));
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    yield { name, data: tar.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
