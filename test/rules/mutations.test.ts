// One mistake gives one finding, inside of what is wrong: every place of workflows that use the whole language is broken in every
// way that the schemas know of, as a file and as a request body.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse as parseYaml, stringify } from 'yaml';
import { analyze } from '../../core/analysis.ts';
import { workflowShape } from '../../core/generated/shapes.ts';
import { emitBody } from '../../core/ir/emit-body.ts';
import type { Member, Shape } from '../../core/schema/descriptor.ts';
import type { Diagnostic } from '../../core/text/diagnostic.ts';
import { spanOf } from '../../core/text/origin.ts';
import { mutations } from './mutate.ts';
import { placeOf } from './place-of.ts';
import { type Form, type Plain, places } from './places.ts';

const folder = new URL('whole/', import.meta.url);
const files = readdirSync(folder);

for (const file of files) {
  for (const form of ['file', 'body'] as const) {
    test(`${file} as a ${form} has no findings`, () => assert.deepEqual(loud(print(read(file, form), form), form), []));

    test(`${file} as a ${form}: each of its mistakes is one finding at its place`, () => {
      const all = mutations(read(file, form), form);
      assert.ok(all.length > 500);
      assert.deepEqual(
        all.flatMap(({ name, path, document }) => {
          const text = print(document, form);
          const { parsed, diagnostics } = analyze(text, form);
          const found = diagnostics.filter(isLoud);
          const place = placeOf(parsed.tree!, path);
          const inside = found.every(({ origin }) => place.start <= spanOf(origin).start && spanOf(origin).end <= place.end);
          return found.length === 1 && inside ? [] : [`${name}: ${found.map(({ code }) => code).join(', ') || 'nothing'}`];
        }),
        [],
      );
    });
  }
}

test('these workflows have every member that is offered to authors', () => {
  // The same member of several objects counts as one.
  const identity = ({ name, text }: Member) => `${name}: ${text.en}`;
  const all = files.flatMap((file) => places(read(file, 'file'), 'file'));
  const written = new Set(all.flatMap(({ member }) => (member ? [identity(member)] : [])));
  assert.deepEqual(
    [...offered(workflowShape, '')].filter(([, member]) => !written.has(identity(member))).map(([path]) => path),
    [],
  );
});

function* offered(shape: Shape, path: string): Generator<[string, Member]> {
  switch (shape.kind) {
    case 'object':
      for (const member of shape.members) {
        if (member.hidden || member.bodyOnly) continue;
        yield [`${path}/${member.name}`, member];
        yield* offered(member.shape, `${path}/${member.name}`);
      }
      return;
    case 'variants':
      for (const [value, object] of shape.of) yield* offered(object, `${path}(${value})`);
      return;
    case 'named':
      return yield* offered(shape.entry, `${path}/*`);
    case 'map':
      return yield* offered(shape.value, `${path}/*`);
    case 'list':
      return yield* offered(shape.item, `${path}[]`);
  }
}

function read(file: string, form: Form): Plain {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return form === 'file' ? (parseYaml(text) as Plain) : (emitBody(analyze(text).bound) as Plain);
}

function print(document: Plain, form: Form): string {
  return form === 'file' ? stringify(document, { lineWidth: 0 }) : JSON.stringify(document, null, 1);
}

function loud(text: string, form: Form): readonly string[] {
  return analyze(text, form)
    .diagnostics.filter(isLoud)
    .map(({ code, message }) => `${code}: ${message.en}`);
}

function isLoud({ severity }: Diagnostic): boolean {
  return severity === 'error' || severity === 'warning';
}
