// Every folder here is a rule: `fails*` has expectations below the lines (`# ^^^ error code`), `fixed*` is the text after the
// preferred fixes of its namesake, `passes*` is a near miss.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { spanOf } from '../../core/text/origin.ts';
import { applyEdits, SourceText } from '../../core/text/source.ts';
import { analyze } from './analyze.ts';

const here = new URL('./', import.meta.url);
const EXPECTATION = /^#\s*(\^+) (\w+) ([\w-]+)$/;

interface Expectation {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly severity: string;
  readonly code: string;
}

/** The text without expectations, and what they say of its lines. */
function read(folder: string, file: string): { text: string; expected: Expectation[] } {
  const lines: string[] = [];
  const expected: Expectation[] = [];
  for (const line of readFileSync(new URL(`${folder}/${file}`, here), 'utf8').split('\n')) {
    const match = EXPECTATION.exec(line);
    if (!match) {
      lines.push(line);
      continue;
    }
    const from = line.indexOf('^');
    expected.push({ line: lines.length - 1, from, to: from + match[1]!.length, severity: match[2]!, code: match[3]! });
  }
  return { text: lines.join('\n'), expected };
}

function found(text: string, hints: boolean): Expectation[] {
  const source = new SourceText(text);
  return analyze(text)
    .filter(({ severity }) => hints || severity === 'error' || severity === 'warning')
    .map(({ code, severity, origin }) => {
      const { start, end } = source.rangeOf(spanOf(origin));
      return {
        line: start.line,
        from: start.character,
        to: end.line === start.line ? end.character : Number.NaN,
        severity,
        code,
      };
    })
    .sort((a, b) => a.line - b.line || a.from - b.from);
}

const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());

for (const { name: folder } of folders) {
  for (const file of readdirSync(new URL(`${folder}/`, here))) {
    if (file.startsWith('fails')) {
      test(`${folder}: ${file} has just the findings that it expects`, () => {
        const { text, expected } = read(folder, file);
        assert.ok(expected.some(({ code }) => code === folder));
        assert.deepEqual(
          found(
            text,
            expected.some(({ severity }) => severity === 'hint'),
          ),
          expected,
        );
      });
    } else if (file.startsWith('fixed')) {
      test(`${folder}: the fixes of ${file.replace('fixed', 'fails')} give ${file}`, () => {
        const { text } = read(folder, file.replace('fixed', 'fails'));
        const edits = analyze(text).flatMap((each) => {
          const fixes = each.code === folder ? (each.fixes?.(text) ?? []) : [];
          return fixes.filter((fix) => fix.preferred).flatMap((fix) => fix.edits);
        });
        const fixed = read(folder, file).text;
        assert.equal(applyEdits(text, edits), fixed);
        assert.deepEqual(
          found(fixed, false).filter(({ code }) => code === folder),
          [],
        );
      });
    } else {
      test(`${folder}: ${file} has no findings`, () => assert.deepEqual(found(read(folder, file).text, false), []));
    }
  }
}
