// The example in TypeScript means the same as the one in YAML: equal request bodies.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Analysis, analyze } from '../../core/analysis.ts';
import { emitBody } from '../../core/ir/emit-body.ts';
import { readTypeScript } from '../../loader/typescript/read-typescript.ts';
import { createSandbox } from '../../loader/typescript/sandbox.ts';

const example = (name: string) => fileURLToPath(new URL(`../../examples/digits/${name}`, import.meta.url));

function bodyOf({ bound }: Analysis): unknown {
  return JSON.parse(JSON.stringify(emitBody(bound, { paths: (path) => path })));
}

for (const name of ['digits.workflow.ts', 'digits-classes.workflow.ts']) {
  test(`${name} compiles to the body of digits.workflow.yaml`, async () => {
    const path = example(name);
    const sandbox = createSandbox();
    const read = await readTypeScript({ path, text: readFileSync(path, 'utf8'), root: dirname(path) }, sandbox);
    sandbox.dispose();
    assert.deepEqual(read?.problems, []);
    const [workflow] = read!.workflows;
    assert.deepEqual(
      workflow!.analysis.diagnostics.map(({ code }) => code),
      [],
    );
    const yaml = analyze(readFileSync(example('digits.workflow.yaml'), 'utf8'));
    assert.deepEqual(bodyOf(workflow!.analysis), bodyOf(yaml));
  });
}
