// The scripts of the guide, carried over line by line with the class names of the SDK for Python: what Weft reads of them is what the
// corpus says of them, and the compiler accepts each line.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Analysis } from '../../core/analysis.ts';
import { type Condition, type Declaration, type Value, fieldOf, textAt } from '../../core/ir/workflow.ts';
import type { Use } from '../../core/refs/bind.ts';
import { readTypeScript } from '../../loader/typescript/read-typescript.ts';
import { createSandbox } from '../../loader/typescript/sandbox.ts';
import { port } from './port.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const corpus = join(repository, 'test/corpus/python');
const cases = readdirSync(corpus).flatMap((file) => (file.endsWith('.py') ? [file.slice(0, -3)] : []));
const root = mkdtempSync(join(tmpdir(), 'weft-guide-'));
const sandbox = createSandbox();
after(() => {
  sandbox.dispose();
  rmSync(root, { recursive: true });
});

/**
 * Of the guide's rules that its own scripts break, those that Weft lets pass: a default is documented, both forms are read, and a boot file
 * without `./` is below its code.
 */
const passed: ReadonlySet<string> = new Set(['required-field', 'field-type', 'job-boot-file-outside-code-dir']);

for (const name of cases) {
  const python = readFileSync(join(corpus, `${name}.py`), 'utf8');
  const expected = JSON.parse(readFileSync(join(corpus, `${name}.expected.json`), 'utf8')) as Expected;

  test(`${name}: nodes, edges, parameters, data, storages, scenes and conditions`, async () => {
    const path = join(root, `${name}.workflow.ts`);
    const read = await readTypeScript({ path, text: port(python), root }, sandbox);
    assert.deepEqual(read!.problems, []);
    const { analysis } = read!.workflows[0]!;
    const violations = new Set(expected.document_violations.map((text) => /^\[(.*?)\]/.exec(text)![1]!));
    const codes = new Set(analysis.diagnostics.map(({ code }) => code));
    for (const code of violations) assert.ok(passed.has(code) || codes.has(code), `${code} is not reported`);
    for (const { code, severity, message } of analysis.diagnostics)
      assert.ok(severity !== 'error' || violations.has(code), `${code}: ${message.en}`);
    assert.deepEqual(factsOf(analysis), factsExpected(expected));
  });
}

test('the compiler accepts the scripts line by line', () => {
  mkdirSync(join(root, 'types'));
  const files = cases.map((name) => {
    writeFileSync(join(root, 'types', `${name}.workflow.ts`), port(readFileSync(join(corpus, `${name}.py`), 'utf8')));
    return `${name}.workflow.ts`;
  });
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2024',
    module: 'nodenext',
    moduleDetection: 'force',
    allowImportingTsExtensions: true,
    types: [],
    paths: { weft: [join(repository, 'sdk/index.ts')] },
  };
  writeFileSync(join(root, 'types/tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', join(root, 'types'), '--pretty', 'false'], { encoding: 'utf8' });
  assert.equal(stdout, '');
});

// ---- the same facts of both sides

interface ExpectedCondition {
  readonly type: string;
  readonly left: unknown;
  readonly right: unknown;
}

interface Expected {
  readonly document_violations: readonly string[];
  readonly name: string;
  readonly description: string;
  readonly nodes: readonly { readonly name: string; readonly type: string; readonly title: string }[];
  readonly edges: readonly (readonly [string, string])[];
  readonly data_edges: readonly {
    readonly from_step: string;
    readonly output: string;
    readonly to_step: string;
    readonly input: string;
  }[];
  readonly selectors: readonly { readonly to_step: string; readonly input: string; readonly candidates: readonly unknown[] }[];
  readonly parameters: readonly {
    readonly name: string;
    readonly type: string;
    readonly default: unknown;
    readonly delay: boolean;
    readonly enum: readonly unknown[] | null;
    readonly description: string | null;
  }[];
  readonly data_requirements: readonly { readonly name: string; readonly type: string; readonly delay: boolean }[];
  readonly storages: readonly { readonly name: string; readonly create_dir: boolean; readonly with_execution_id: boolean }[];
  readonly scenes: readonly { readonly name: string; readonly steps: readonly string[] }[];
  readonly branches: readonly {
    readonly step: string;
    readonly conditions: readonly ExpectedCondition[];
    readonly if_then_steps: readonly string[];
    readonly else_then_steps: readonly string[];
  }[];
  readonly skip_conditions: readonly { readonly step: string; readonly conditions: readonly ExpectedCondition[] }[];
}

function factsExpected(expected: Expected) {
  const { name, description, nodes, edges, data_edges, selectors, parameters, data_requirements, storages, scenes, branches } =
    expected;
  return {
    name,
    description,
    nodes: nodes.map((each) => ({ name: each.name, type: each.type, title: each.title })),
    edges: edges.map((edge) => edge.join(' > ')).sort(),
    data: data_edges.map((each) => `${each.from_step}.${each.output} > ${each.to_step}.${each.input}`).sort(),
    selectors: selectors.map((each) => `${each.to_step}.${each.input} of ${each.candidates.length}`),
    parameters: parameters.map((each) => ({
      name: each.name,
      type: each.type.toLowerCase(),
      default: each.default,
      delay: each.delay,
      enum: each.enum,
      description: each.description,
    })),
    requirements: data_requirements.map((each) => `${each.name}: ${each.type}${each.delay ? ', delayed' : ''}`).sort(),
    storages: storages.map((each) => `${each.name} ${each.create_dir} ${each.with_execution_id}`),
    scenes: scenes.map((each) => `${each.name}: ${each.steps.join()}`),
    branches: branches.map((each) => ({
      step: each.step,
      conditions: each.conditions,
      then: each.if_then_steps,
      else: each.else_then_steps,
    })),
    skips: expected.skip_conditions.map(({ step, conditions }) => ({ step, conditions })),
  };
}

function factsOf({ workflow, bound }: Analysis): ReturnType<typeof factsExpected> {
  const reads = bound.bindings.flatMap(({ uses }) => uses.filter(isRead));
  const isDelayed = (each: Declaration) =>
    (textAt(each.fields, 'delay') ?? String(textAt(each.fields, 'type') === 'model_list')) === 'true';
  const flag = (each: Declaration, key: string) => textAt(each.fields, key) ?? String(textAt(each.fields, 'kind') === 'output');
  return {
    name: workflow.name!.text,
    description: textAt(workflow.fields, 'description') ?? '',
    nodes: workflow.steps.map(({ name, type, title }) => ({ name: name.text, type: type!, title: title ?? name.text })),
    edges: workflow.steps.flatMap(({ name, dependSteps = [] }) => dependSteps.map(({ text }) => `${text} > ${name.text}`)).sort(),
    data: reads
      .flatMap(({ name, place, value }) =>
        place.kind === 'input' ? [`${stepOf(value)}.${name.text} > ${place.step.name.text}.${place.input.name.text}`] : [],
      )
      .sort(),
    selectors: workflow.steps.flatMap(({ name, inputs }) =>
      inputs.flatMap(({ name: input, data }) =>
        data?.kind === 'select' ? [`${name.text}.${input.text} of ${data.items.length}`] : [],
      ),
    ),
    parameters: workflow.parameters.map(({ name, fields }) => ({
      name: name.text,
      type: textAt(fields, 'type')!,
      default: plain(fieldOf(fields, 'default')),
      delay: textAt(fields, 'delay') === 'true',
      enum: plain(fieldOf(fields, 'enum')) as readonly unknown[] | null,
      description: textAt(fields, 'description') ?? null,
    })),
    requirements: workflow.data
      .map((each) => `${each.name.text}: ${textAt(each.fields, 'type')}${isDelayed(each) ? ', delayed' : ''}`)
      .sort(),
    storages: workflow.storages.map((each) => `${each.name.text} ${flag(each, 'create_dir')} ${flag(each, 'with_execution_id')}`),
    scenes: workflow.scenes.map(({ name, steps }) => `${name.text}: ${steps.map(({ text }) => text).join()}`),
    branches: workflow.steps.flatMap((step) =>
      step.type === 'condition'
        ? [
            {
              step: step.name.text,
              conditions: step.conditions.map(conditionOf),
              then: step.ifThenSteps.map(({ text }) => text),
              else: step.elseThenSteps.map(({ text }) => text),
            },
          ]
        : [],
    ),
    skips: workflow.steps.flatMap(({ name, skipConditions }) =>
      skipConditions.length > 0 ? [{ step: name.text, conditions: skipConditions.map(conditionOf) }] : [],
    ),
  };
}

function isRead(use: Use): use is Use & { readonly place: Extract<Use['place'], { kind: 'input' }> } {
  return use.place.kind === 'input' && use.kind === 'output';
}

function stepOf(value: Use['value']): string {
  return value?.reference.root === 'steps' ? value.reference.step.text : '';
}

function conditionOf({ operator, left, right }: Condition): ExpectedCondition {
  return { type: operator, left: operandOf(left), right: operandOf(right) };
}

function operandOf(operand: Condition | Value | undefined): unknown {
  if (operand?.kind === 'condition') return conditionOf(operand);
  if (operand?.kind !== 'reference') return plain(operand);
  const { reference } = operand;
  if (reference.root === 'steps')
    return { metric: { step: reference.step.text, output: reference.output.text, key: reference.key!.text } };
  return `$ref/${reference.root}/${reference.name.text}`;
}

function plain(value: Value | undefined): unknown {
  if (value?.kind === 'scalar') return value.value;
  if (value?.kind === 'list') return value.items.map(plain);
  return value ?? null;
}
