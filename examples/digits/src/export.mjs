// Packs trained weights as a model that can be registered and served: model.json, config.json and the inference code.
//   node export.mjs --weights_url=FOLDER --package_url=FOLDER
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  strict: false,
  options: { weights_url: { type: 'string' }, package_url: { type: 'string' } },
});
if (typeof given.weights_url !== 'string' || typeof given.package_url !== 'string') {
  console.error('usage: node export.mjs --weights_url=FOLDER --package_url=FOLDER');
  process.exit(2);
}
const weights = JSON.parse(readFileSync(path.join(given.weights_url, 'weights.json'), 'utf8'));
const metrics = JSON.parse(readFileSync(path.join(given.weights_url, 'metrics.json'), 'utf8'));
const accuracy = metrics.find((entry) => entry.key === 'accuracy').data.value;

mkdirSync(given.package_url, { recursive: true });
writeFileSync(path.join(given.package_url, 'model.json'), JSON.stringify(weights));
writeFileSync(path.join(given.package_url, 'config.json'), `${JSON.stringify(configuration(accuracy), undefined, 2)}\n`);
for (const file of ['service.mjs', 'network.mjs', 'bitmap.mjs']) {
  copyFileSync(path.join(import.meta.dirname, file), path.join(given.package_url, file));
}
console.log(`packed ${weights.inputs}-${weights.hidden}-${weights.outputs}, accuracy ${accuracy}, into ${given.package_url}`);

/** The package's description of itself, as ModelArts reads it. */
function configuration(measured) {
  return {
    model_type: 'Custom',
    model_algorithm: 'image_classification',
    metrics: { accuracy: measured },
    apis: [
      {
        url: '/',
        method: 'post',
        request: {
          'Content-type': 'application/json',
          data: {
            type: 'object',
            properties: { image: { type: 'string' }, pixels: { type: 'array', items: { type: 'number' } } },
          },
        },
        response: {
          'Content-type': 'application/json',
          data: {
            type: 'object',
            properties: {
              predicted_label: { type: 'string' },
              scores: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
            },
          },
        },
      },
    ],
  };
}
