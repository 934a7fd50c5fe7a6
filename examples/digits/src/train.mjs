// The training program of both branches. Hyper-parameters arrive as --name=value, as on ModelArts; so do the input and the output:
//   node train.mjs --data_url=FOLDER --train_url=FOLDER --hidden=128 --epochs=24 --learning_rate=0.06 --schedule=cosine --augment --seed=1
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { side } from './bitmap.mjs';
import { readDataset, split } from './dataset.mjs';
import { writeMetrics } from './metrics.mjs';
import { Descent, largest, Network, randomFrom } from './network.mjs';

const digits = 10;
const batchSize = 32;
const momentum = 0.9;

// Unknown arguments are tolerated: the service may add its own.
const { values: given } = parseArgs({ strict: false, options: { data_url: { type: 'string' }, train_url: { type: 'string' } } });
if (typeof given.data_url !== 'string' || typeof given.train_url !== 'string') {
  console.error('usage: node train.mjs --data_url=FOLDER --train_url=FOLDER [--name=value]...');
  process.exit(2);
}
const hidden = numberOf('hidden', 128);
const epochs = numberOf('epochs', 24);
const rate = numberOf('learning_rate', 0.06);
const seed = numberOf('seed', 1);
const schedule = given.schedule ?? 'cosine';
const augment = given.augment === true || given.augment === 'true' || given.augment === 'True';

// Asked to stop (the Stop button, or the service), the program ends at the next turn of its loop.
process.on('SIGTERM', () => {
  console.log('stopped on request');
  process.exit(143);
});

const started = performance.now();
const { training, evaluation } = split(readDataset(given.data_url));
console.log(`read ${training.length} pictures to learn from and ${evaluation.length} to check with, in ${seconds(started)} s`);
console.log(
  `network ${side * side}-${hidden}-${digits}, ${epochs} epochs, rate ${rate} (${schedule}), seed ${seed}, augment ${augment}`,
);

const random = randomFrom(seed);
const network = Network.random(side * side, hidden, digits, random);
const descent = new Descent(network, momentum);
const batches = Math.ceil(training.length / batchSize);
const history = [];
mkdirSync(given.train_url, { recursive: true });

for (let epoch = 0; epoch < epochs; epoch++) {
  const epochStarted = performance.now();
  shuffle(training, random);
  let sum = 0;
  for (let batch = 0; batch < batches; batch++) {
    const samples = training.slice(batch * batchSize, (batch + 1) * batchSize);
    for (const { pixels, label } of samples) sum += network.learn(augment ? shifted(pixels) : pixels, label, descent.gradient);
    const progress = (epoch * batches + batch) / (epochs * batches);
    descent.step(schedule === 'cosine' ? (rate * (1 + Math.cos(Math.PI * progress))) / 2 : rate, samples.length);
    if ((batch + 1) % 25 === 0) {
      const seen = (batch + 1) * batchSize;
      const speed = Math.round((seen * 1000) / (performance.now() - epochStarted));
      console.log(
        `epoch ${epoch + 1}/${epochs} step ${batch + 1}/${batches} loss ${(sum / seen).toFixed(4)} pictures/s ${speed}`,
      );
      await turn();
    }
  }
  const checked = check(evaluation);
  history.push({ loss: round(sum / training.length), evaluationLoss: round(checked.loss), accuracy: round(checked.accuracy) });
  writeMetrics(path.join(given.train_url, 'metrics.json'), {
    name: `${hidden} hidden units`,
    history,
    confusion: checked.confusion,
    summary: { accuracy: history.at(-1).accuracy, loss: history.at(-1).evaluationLoss, epochs: epoch + 1, hidden },
  });
  console.log(
    `epoch ${epoch + 1}/${epochs} loss ${history.at(-1).loss} evaluation loss ${history.at(-1).evaluationLoss} ` +
      `accuracy ${history.at(-1).accuracy} in ${seconds(epochStarted)} s`,
  );
}

writeFileSync(path.join(given.train_url, 'weights.json'), JSON.stringify(network));
console.log(`accuracy ${history.at(-1).accuracy} after ${seconds(started)} s`);

function check(samples) {
  const confusion = Array.from({ length: digits }, () => new Array(digits).fill(0));
  let right = 0;
  let loss = 0;
  for (const { pixels, label } of samples) {
    const scores = network.predict(pixels);
    const predicted = largest(scores);
    confusion[predicted][label]++;
    if (predicted === label) right++;
    loss -= Math.log(Math.max(scores[label], 1e-9));
  }
  return { confusion, accuracy: right / samples.length, loss: loss / samples.length };
}

/** The picture moved by up to a pixel each way: a digit stays what it is. */
function shifted(pixels) {
  const down = Math.floor(random() * 3) - 1;
  const right = Math.floor(random() * 3) - 1;
  if (down === 0 && right === 0) return pixels;
  const moved = new Float32Array(pixels.length);
  // The border of the pictures is empty, so what leaves on one side is paper.
  const by = down * side + right;
  moved.set(pixels.subarray(Math.max(0, -by), pixels.length - Math.max(0, by)), Math.max(0, by));
  return moved;
}

function shuffle(items, next) {
  for (let index = items.length - 1; index > 0; index--) {
    const other = Math.floor(next() * (index + 1));
    [items[index], items[other]] = [items[other], items[index]];
  }
}

function numberOf(name, byDefault) {
  const value = given[name] === undefined ? byDefault : Number(given[name]);
  if (!Number.isFinite(value)) {
    console.error(`--${name}=${given[name]}: not a number`);
    process.exit(2);
  }
  return value;
}

function round(value) {
  return Math.round(value * 10000) / 10000;
}

function seconds(from) {
  return ((performance.now() - from) / 1000).toFixed(1);
}
