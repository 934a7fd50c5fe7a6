// The metrics panel: a section per step that has something to show. Runs are folded here from their events; drawn once a frame at most.
import type { WeftResourceSample } from '../../core/api/weft.ts';
import type { FromMetricsPanel, ToMetricsPanel, WebviewTexts } from '../../core/protocol/webview.ts';
import { type RunState, reduce } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { type Chart, metricsView, type MetricsView, type ShownRun } from '../../core/views/metrics-view.ts';
import { resourceCharts } from '../../core/views/resource-charts.ts';
import { filled } from '../../core/views/texts.ts';
import { html, setAttributes, setText } from '../dom.ts';
import type { Host } from '../host.ts';
import { createRunBar } from './run-bar.ts';
import { createStepSection, type StepSection } from './step-section.ts';

/** What comes back when the panel was hidden. */
export interface MetricsPanelState {
  /** Charts that are shown as tables. */
  readonly tables: readonly string[];
  readonly scroll: number;
}

export function createMetricsPanel(
  root: HTMLElement,
  host: Host<FromMetricsPanel, MetricsPanelState>,
): (message: ToMetricsPanel) => void {
  const remembered = host.recall();
  const tables = new Set(remembered.tables);
  let scroll: number | undefined = remembered.scroll;
  let texts: WebviewTexts = {};
  let runs: readonly RunState[] = [];
  /** By step and run. */
  const samples = new Map<string, Map<string, readonly WeftResourceSample[]>>();
  const sections = new Map<string, StepSection>();
  /** Steps whose sections are in sight. */
  const inSight = new Set<string>();
  let shown: string | undefined;

  const bar = createRunBar({
    compare: () => host.post({ type: 'compare' }),
    drop: (run) => host.post({ type: 'drop', run }),
  });
  const steps = html('main', { class: 'steps' });
  const emptyTitle = html('p');
  const emptyText = html('p', { class: 'quiet' });
  const empty = html('div', { class: 'empty' }, emptyTitle, emptyText);
  root.replaceChildren(bar.element, steps, empty);
  root.classList.add('metrics-panel');

  const remember = () => host.remember({ tables: [...tables], scroll: steps.scrollTop });
  const actions = {
    saveCsv: (chart: Chart, text: string) => host.post({ type: 'saveCsv', name: `${chart.step}-${chart.key}`, text }),
    asTable(chart: Chart, on: boolean) {
      if (on) tables.add(chart.id);
      else tables.delete(chart.id);
      remember();
      draw();
    },
    openLog: (step: string) => host.post({ type: 'openLog', step }),
  };

  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const step = target.getAttribute('data-step')!;
        if (isIntersecting) inSight.add(step);
        else inSight.delete(step);
      }
      watch();
    },
    // Those just outside come soon.
    { root: steps, rootMargin: '300px' },
  );
  let watched = '[]';
  const watch = () => {
    const next = [...inSight].filter((step) => sections.has(step)).sort();
    if (JSON.stringify(next) === watched) return;
    watched = JSON.stringify(next);
    host.post({ type: 'watch', steps: next });
  };

  const resourcesOf = (step: string, all: readonly ShownRun[]): Chart[] => {
    const byRun = samples.get(step);
    const found = all.flatMap(({ id }, run) => {
      const own = byRun?.get(id);
      const begin = runs[run]?.steps.find((each) => each.name === step)?.startedAt;
      return own && own.length > 0 && begin !== undefined ? [{ run, begin: Date.parse(begin), samples: own }] : [];
    });
    return found.length === 0 ? [] : resourceCharts(step, found, texts);
  };

  let isDue = false;
  const draw = () => {
    isDue = false;
    const view = metricsView(runs);
    showEmpty(view);
    bar.show(view.runs, texts);
    const names = new Set(view.steps.map(({ name }) => name));
    for (const [name, section] of sections) {
      if (names.has(name)) continue;
      sight.unobserve(section.element);
      section.dispose();
      section.element.remove();
      sections.delete(name);
      inSight.delete(name);
    }
    for (const [index, step] of view.steps.entries()) {
      const known = sections.get(step.name);
      const section = known ?? createStepSection(actions);
      const there = steps.children[index] ?? null;
      if (there !== section.element) steps.insertBefore(section.element, there);
      section.show(step, resourcesOf(step.name, view.runs), { runs: view.runs, texts }, (id) => tables.has(id));
      if (known) continue;
      sections.set(step.name, section);
      sight.observe(section.element);
    }
    watch();
    if (scroll !== undefined && view.steps.length > 0) {
      steps.scrollTop = scroll;
      scroll = undefined;
    }
    goToShown();
  };
  const goToShown = () => {
    const section = shown === undefined ? undefined : sections.get(shown);
    if (!section) return;
    section.element.scrollIntoView({ block: 'start' });
    shown = undefined;
  };
  const showEmpty = (view: MetricsView) => {
    const has = view.steps.length > 0;
    setAttributes(root, { 'data-state': runs.length === 0 ? 'none' : has ? 'metrics' : 'empty' });
    empty.hidden = has;
    const ended = runs.length > 0 && runs.every((run) => isEndedRun(run.status));
    setText(emptyTitle, texts[runs.length === 0 ? 'metrics.noRun' : ended ? 'metrics.noneOfRun' : 'metrics.none'] ?? '');
    setText(emptyText, runs.length === 0 ? '' : (texts['metrics.noneHow'] ?? ''));
    const of = runs.map((run) => `${run.workflowName} ${run.name}`).join(', ');
    setAttributes(steps, { 'aria-label': filled(texts['metrics.label'] ?? '', of) });
  };

  const drawSoon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(draw);
  };
  let scrollTimer: number | undefined;
  steps.addEventListener('scroll', () => {
    clearTimeout(scrollTimer);
    scrollTimer = setTimeout(remember, 300);
  });

  return (message) => {
    switch (message.type) {
      case 'runs':
        texts = message.texts;
        runs = message.runs;
        draw();
        return;
      case 'events':
        for (const event of message.events) {
          // An attempt that begins has used nothing yet.
          if (event.type === 'step.submitting') samples.get(event.step)?.delete(event.run);
          runs = runs.map((run) => (run.id === event.run ? reduce(run, event)! : run));
        }
        drawSoon();
        return;
      case 'show':
        shown = message.step;
        scroll = undefined;
        goToShown();
        return;
      case 'resources': {
        const byRun = samples.get(message.step) ?? new Map<string, readonly WeftResourceSample[]>();
        samples.set(message.step, byRun);
        byRun.set(message.run, message.fresh ? message.samples : [...(byRun.get(message.run) ?? []), ...message.samples]);
        drawSoon();
        return;
      }
      default:
        return message satisfies never;
    }
  };
}
