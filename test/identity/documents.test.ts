// The page about the file format: its examples are without mistakes; and the page about the schemas is complete.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readConfig } from '../../core/config/config.ts';
import { assertIdentity } from './round-trip.ts';
import { assertWorkflowParam, bodyOf } from './wire.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/file-format.md', root), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map((match) => match[1]!);

test('the workflow of docs/file-format.md has no mistakes, and its body comes back', () => {
  const workflows = blocks.filter((block) => block.startsWith('name:'));
  assert.equal(workflows.length, 1);
  const body = bodyOf(workflows[0]!);
  assertWorkflowParam(body);
  assertIdentity(body);
});

test('its configuration has no mistakes', () => {
  const config = blocks.filter((block) => block.startsWith('engines:'));
  assert.equal(config.length, 1);
  assert.deepEqual(readConfig(config[0]!).findings, []);
});

test('docs/schema.md explains every keyword that the schemas may have', () => {
  const source = readFileSync(new URL('scripts/schema-source.ts', root), 'utf8');
  const explained = readFileSync(new URL('docs/schema.md', root), 'utf8');
  const keywords = new Set(source.match(/(?<=[ '])x-[a-z-]+/g));
  assert.ok(keywords.size > 30);
  assert.deepEqual(
    [...keywords].filter((keyword) => !explained.includes(`\`${keyword}\``)),
    [],
  );
});
