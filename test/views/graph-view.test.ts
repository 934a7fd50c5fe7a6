// Graph, layout and run joined; where the arrow keys lead in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedGraph } from '../support/generated/graph.ts';
import { type Arrow, endStep, stepTowards } from '../../core/views/graph-keys.ts';
import { countTones, graphView } from '../../core/views/graph-view.ts';
import { labelPlace } from '../../core/views/bezier.ts';
import { formatDuration } from '../../core/views/duration.ts';
import { stepStatuses } from '../../core/run/status.ts';
import { graphTexts, logTexts, textsFor } from '../../core/views/texts.ts';
import { toneOf, tones } from '../../core/views/tone.ts';
import { arrange } from '../../layout/arrange.ts';
import { busyRun, digits, digitsMessage, stateOf } from '../media/digits.ts';

const { layout } = await digitsMessage();

function flows(run = stateOf(busyRun)): Record<string, string> {
  const view = graphView({ graph: digits, layout, run });
  return Object.fromEntries(view.edges.map((edge) => [`${view.nodes[edge.from]!.name} ${view.nodes[edge.to]!.name}`, edge.flow]));
}

test('edges tell where the run went', () => {
  const flow = flows();
  assert.equal(flow['collect release'], 'taken');
  assert.equal(flow['release train_wide'], 'active');
  assert.equal(flow['choose export_narrow'], 'off');
  assert.equal(flow['choose export_wide'], 'idle');
});

test('the branch that a condition did not take is off, though its step has not been told yet', () => {
  const { steps, ...run } = stateOf(busyRun);
  const decided = steps.map((step) => (step.name === 'choose' ? { ...step, decision: false } : step));
  assert.equal(flows({ ...run, steps: decided })['choose export_wide'], 'off');
});

test('steps that the run left out are absent, and counted nowhere', () => {
  const { steps, ...run } = stateOf(busyRun);
  const view = graphView({ graph: digits, layout, run: { ...run, steps: steps.slice(0, 4) } });
  assert.equal(view.nodes.filter((node) => node.state?.absent).length, 5);
  const counts = [...countTones(view).values()].reduce((sum, count) => sum + count, 0);
  assert.equal(counts, 4);
  assert.deepEqual([view.run!.ended, view.run!.total], [3, 4]);
});

test('arrows reach every step of a graph from its first, and never lead into nothing', async () => {
  for (const direction of ['right', 'down'] as const) {
    const graph = generatedGraph(60, 3);
    const { nodes } = graphView({ graph, layout: await arrange(graph, { direction }) });
    const seen = new Set([endStep(nodes, 'first')!]);
    for (const at of seen) {
      for (const arrow of ['left', 'right', 'up', 'down'] satisfies Arrow[]) seen.add(stepTowards(nodes, at, arrow, direction)!);
    }
    // Steps without edges to the others in ranks of their own may be out of reach.
    assert.ok(seen.size > 50, `${seen.size} of 60`);
    assert.ok([...seen].every((index) => nodes[index] !== undefined));
  }
});

test('a label stands in the middle of the longest piece', () => {
  assert.deepEqual(
    labelPlace([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
      [33, 0],
      [73, 0],
      [103, 0],
    ]),
    [53, 0],
  );
  assert.deepEqual(labelPlace([]), [0, 0]);
});

test('durations are read at a glance', () => {
  const texts = [-5, 0, 850, 12_400, 185_000, 7_620_000, 273_600_000].map(formatDuration);
  assert.deepEqual(texts, ['0 s', '0 ms', '850 ms', '12 s', '3 m 05 s', '2 h 07 m', '3 d 04 h']);
});

test('every status has a tone, a text in both languages, and no tone is without a status', () => {
  const used = new Set(stepStatuses.map(toneOf));
  assert.deepEqual(
    tones.filter((tone) => !used.has(tone)),
    [],
  );
  for (const table of [graphTexts, logTexts]) {
    for (const language of ['en', 'zh-cn']) {
      const texts = textsFor(table, language);
      for (const status of stepStatuses) assert.ok(texts[`status.${status}`], status);
      const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
      for (const [key, { en, zh }] of Object.entries(table)) assert.equal(places(zh), places(en), key);
    }
  }
  assert.equal(toneOf('of tomorrow'), 'idle');
});
