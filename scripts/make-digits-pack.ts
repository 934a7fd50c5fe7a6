// Makes examples/digits/data/digits.tar.br from the four files of MNIST. Run by hand, once; not part of any build.
//
//   node scripts/run.mjs scripts/make-digits-pack.ts FOLDER
//
// FOLDER holds train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte.
// The choice is deterministic (the first images of each digit, in the order of MNIST), and so is every byte of the pack.
// `labelled` is taken from the training set, `holdout` from the test set: other writers, as MNIST keeps them apart.
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { createTar } from 'nanotar';

const labelledPerDigit = 500;
const holdoutPerDigit = 70;
const side = 28;
/** Grey levels that are kept: MNIST's 256 would double the pack and do not help to read a digit. */
const levels = 16;

interface Sample {
  readonly digit: number;
  readonly pixels: Uint8Array;
}

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node scripts/run.mjs scripts/make-digits-pack.ts FOLDER   (the unpacked idx files of MNIST)');
  process.exit(2);
}
const target = path.join(import.meta.dirname, '..', 'examples', 'digits', 'data', 'digits.tar.br');
const files = [
  ...filesOf('labelled', choose(await readSamples(folder, 'train'), labelledPerDigit)),
  ...filesOf('holdout', choose(await readSamples(folder, 't10k'), holdoutPerDigit)),
];
const tar = createTar(files, { attrs: { mtime: 0, mode: '644', user: 'weft', group: 'weft' } });
const packed = brotliCompressSync(tar, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: tar.length,
  },
});
await writeFile(target, packed);
console.log(`${files.length} images, ${tar.length} bytes of tar, ${(await stat(target)).size} bytes in ${target}`);

async function readSamples(from: string, set: 'train' | 't10k'): Promise<Sample[]> {
  const images = await readFile(path.join(from, `${set}-images-idx3-ubyte`));
  const labels = await readFile(path.join(from, `${set}-labels-idx1-ubyte`));
  if (images.readUInt32BE(0) !== 2051 || labels.readUInt32BE(0) !== 2049) throw new Error(`${from}: no idx files of MNIST`);
  const samples: Sample[] = [];
  for (let index = 0; index < labels.readUInt32BE(4); index++) {
    const start = 16 + index * side * side;
    samples.push({ digit: labels[8 + index]!, pixels: images.subarray(start, start + side * side) });
  }
  return samples;
}

/** The first `count` of every digit, digit by digit: neighbours look alike, which the compressor likes. */
function choose(samples: readonly Sample[], count: number): Sample[] {
  return Array.from({ length: 10 }, (_, digit) => samples.filter((sample) => sample.digit === digit).slice(0, count)).flat();
}

function filesOf(set: string, samples: readonly Sample[]) {
  const counts = new Array<number>(10).fill(0);
  return samples.map(({ digit, pixels }) => {
    const number = String(counts[digit]!++).padStart(4, '0');
    return { name: `${set}/${digit}/${number}.bmp`, data: bitmapOf(pixels) };
  });
}

/** An uncompressed 8-bit BMP with a grey palette; rows go bottom-up, and 28 bytes need no padding. */
function bitmapOf(pixels: Uint8Array): Uint8Array {
  const offset = 14 + 40 + 256 * 4;
  const file = Buffer.alloc(offset + side * side);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(offset, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(side, 18);
  file.writeInt32LE(side, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(8, 28);
  file.writeUInt32LE(side * side, 34);
  file.writeUInt32LE(256, 46);
  for (let grey = 0; grey < 256; grey++) file.writeUInt32LE(grey * 0x010101, 54 + grey * 4);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const level = Math.round((pixels[row * side + column]! * (levels - 1)) / 255);
      file[offset + (side - 1 - row) * side + column] = Math.round((level * 255) / (levels - 1));
    }
  }
  return file;
}
