// The log panel: a tab per step of a run, and windows of the shown step's log; the whole of a log is never here.
import type { FromLogPanel, ToLogPanel, WebviewTexts } from '../../core/protocol/webview.ts';
import { type RunState, reduce } from '../../core/run/reduce.ts';
import { isEndedRun } from '../../core/run/status.ts';
import { plainText } from '../../core/views/ansi.ts';
import { partsWithMatch, placesIn } from '../../core/views/log-find.ts';
import { type LogSelection, selectedLines, selectedText } from '../../core/views/log-selection.ts';
import { type LogStep, logSteps, stepToShow } from '../../core/views/log-steps.ts';
import { filled } from '../../core/views/texts.ts';
import { createClock } from '../clock.ts';
import { html, setAttributes, setText } from '../dom.ts';
import type { Host } from '../host.ts';
import { actionIcon } from '../icons.ts';
import { createFindBar } from './find-bar.ts';
import { createFinding } from './finding.ts';
import { createHead, grouped } from './head.ts';
import { createLines } from './lines.ts';
import { noteOf } from './note.ts';
import { createRow } from './row.ts';
import { createTextSelection } from './selection.ts';
import { createStepLog, type StepLog } from './step-log.ts';
import { createSteps } from './steps.ts';

/** What comes back when the panel was hidden. */
export interface LogPanelState {
  readonly run: string | undefined;
  /** The step that the user picked. */
  readonly step: string | undefined;
  readonly times: boolean;
}

/** Where a log was left. */
interface Place {
  readonly position: number;
  readonly following: boolean;
}

const mostCopied = 20_000;
/** Logs of other steps that are kept for coming back. */
const mostLogs = 4;
const ticks = 200;
/** A growing log is searched again at the earliest after this, and after some times what a search takes. */
const searchAgainMs = 1000;
const toastMs = 3000;
/** An ended step whose log has no size after this has none. */
const openingMs = 3000;
/** Lines before the end that are asked for while following: more than a window has. */
const mostAhead = 200;
/** After a failure the missing lines are asked for again. */
const askAgainMs = 2000;

export function createLogPanel(root: HTMLElement, host: Host<FromLogPanel, LogPanelState>): (message: ToLogPanel) => void {
  const remembered = host.recall();
  let texts: WebviewTexts = {};
  let run: RunState | undefined;
  let steps: readonly LogStep[] = [];
  let shown: string | undefined;
  let picked = remembered.step;
  let following = true;
  /** How long the log was when the user left its end. */
  let leftAt = 0;
  let times = remembered.times ?? false;
  let copying: LogSelection | undefined;
  const logs = new Map<string, StepLog>();
  const places = new Map<string, Place>();

  const log = (): StepLog | undefined => (shown === undefined ? undefined : logs.get(shown));
  const total = () => log()?.lines ?? 0;
  const textAt = (line: number): string | undefined => {
    const source = log()?.lineAt(line);
    return source === undefined ? undefined : plainText(source);
  };

  // ---- parts

  const lines = createLines({
    row(line) {
      const current = log();
      const time = current?.timeAt(line);
      return createRow({
        line,
        source: current?.lineAt(line),
        style: current?.styleBefore(line) ?? {},
        time: time === undefined ? undefined : timeText(time),
        openText: texts['log.openFile'] ?? '{0}',
      });
    },
    wanted: (first, end) => log()?.want(first, end),
    drawn() {
      markMatches();
      selection.show();
    },
    moved(atEnd) {
      if (!atEnd && following) leftAt = total();
      setFollowing(atEnd);
    },
  });
  const selection = createTextSelection(lines, textAt);
  const finding = createFinding((request, query) => {
    if (shown !== undefined) host.post({ type: 'search', request, step: shown, ...query });
  });
  const find = createFindBar({
    asked: () => search(false),
    go: (by) => goToMatch(by),
    closed() {
      finding.ask(undefined, 0);
      showFinding();
      lines.element.focus();
    },
  });
  const tabs = createSteps((step) => pick(step));
  const head = createHead({
    find: () => find.open(),
    times() {
      times = !times;
      showHead();
      remember();
    },
    follow: () => (following ? setFollowing(false) : toEnd()),
    save: () => shown !== undefined && host.post({ type: 'save', step: shown }),
    stop: () => host.post({ type: 'stop' }),
  });
  const failure = html('div', { class: 'banner failure', role: 'alert', hidden: true });
  const error = html('div', { class: 'banner step-error', hidden: true });
  const note = html('div', { class: 'note', hidden: true });
  const toEndButton = html('button', { type: 'button', class: 'to-end', hidden: true }, actionIcon('follow'), html('span'));
  toEndButton.addEventListener('click', () => {
    toEnd();
    lines.element.focus();
  });
  const ruler = html('div', { class: 'ruler', 'aria-hidden': 'true' });
  const toast = html('div', { class: 'toast', role: 'status', hidden: true });
  const view = html('div', { class: 'view' }, lines.element, ruler, find.element, note, toEndButton, toast);
  const main = html('main', { class: 'main', role: 'tabpanel' }, head.element, failure, error, view);
  const noRun = html('div', { class: 'no-run' });
  root.replaceChildren(tabs.element, main, noRun);
  root.classList.add('log-panel');
  const clock = createClock((now) => {
    tabs.tick(now);
    head.tick(now);
  });

  // ---- showing

  const stepNamed = (name: string | undefined) => steps.find((step) => step.name === name);
  const remember = () => host.remember({ run: run?.id, step: picked, times });

  const showHead = () => {
    const step = stepNamed(shown);
    if (!step || !run) return;
    const state = {
      step,
      lines: log()?.lines,
      following,
      times,
      canStop: !isEndedRun(run.status),
      stopping: run.stopRequested,
    };
    head.show(state, texts, clock.now());
    lines.element.classList.toggle('with-times', times);
  };
  const showNote = () => {
    const step = stepNamed(shown);
    if (!step) return;
    const count = log()?.lines;
    error.hidden = !step.error;
    // An error that goes on for lines repeats the end of the log: where that is there, its first line will do.
    if (step.error) setText(error, (count ?? 0) > 0 ? step.error.split('\n', 1)[0]! : step.error);
    setAttributes(error, { title: step.error });
    note.hidden = (count ?? 0) > 0;
    if (note.hidden) return;
    const isOpening = count === undefined && step.startedAt !== undefined && !openedLong;
    const [first, second] = isOpening ? [texts['log.connecting'] ?? '', undefined] : noteOf(step, texts);
    note.replaceChildren(html('p', {}, first), ...(second === undefined ? [] : [html('p', { class: 'quiet' }, second)]));
  };
  const showToEnd = () => {
    toEndButton.hidden = following || total() === 0;
    const fresh = total() - leftAt;
    const text = fresh > 0 ? filled(texts['log.newLines'] ?? '', grouped(fresh)) : (texts['log.toEnd'] ?? '');
    setText(toEndButton.lastElementChild!, text);
  };
  const setFollowing = (on: boolean) => {
    following = on;
    if (!on) drawTo(total());
    showHead();
    showToEnd();
  };
  const toEnd = () => {
    drawTo(total());
    lines.goToEnd();
    setFollowing(true);
  };

  // Who follows sees lines come, not places of lines: the end moves on when what stands there has arrived.
  let drawnEnd = 0;
  const drawTo = (end: number) => {
    drawnEnd = end;
    lines.setLines(end);
  };
  const grow = () => {
    const current = log();
    const end = total();
    const isThere = (line: number) => current?.lineAt(line) !== undefined;
    if (!following || drawnEnd === 0 || end < drawnEnd || isThere(end - 1)) drawTo(end);
    else {
      let ready = Math.max(drawnEnd, end - mostAhead);
      while (ready < end && isThere(ready)) ready++;
      if (isThere(ready - 1)) drawTo(ready);
      current!.want(end - mostAhead, end);
    }
    if (following) lines.goToEnd();
  };
  let toastTimer: number | undefined;
  const showToast = (text: string) => {
    setText(toast, text);
    toast.hidden = false;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => (toast.hidden = true), toastMs);
  };

  // A step of a kind that runs no process may have no log to tell of.
  let openedLong = false;
  let openedTimer: number | undefined;
  const waitForSize = () => {
    openedLong = false;
    clearTimeout(openedTimer);
    openedTimer = setTimeout(() => {
      openedLong = stepNamed(shown)?.ended ?? false;
      showNote();
    }, openingMs);
  };

  /** Another step, or the first. */
  const switchTo = (step: string) => {
    if (shown !== undefined) places.set(shown, { position: lines.position, following });
    shown = step;
    const attempt = stepNamed(step)?.attempt ?? 0;
    if (logs.get(step)?.attempt !== attempt) {
      places.delete(step);
      for (const name of logs.keys()) if (logs.size >= mostLogs && name !== step) logs.delete(name);
      logs.set(
        step,
        createStepLog(step, attempt, (request, first, count) => host.post({ type: 'window', request, step, first, count })),
      );
    }
    const current = log()!;
    current.giveUp();
    copying = undefined;
    failure.hidden = true;
    selection.select(undefined);
    host.post({ type: 'watch', step });
    waitForSize();
    lines.renew();
    const place = places.get(step);
    drawTo(total());
    if (place && !place.following) lines.go(place.position);
    else lines.goToEnd();
    leftAt = total();
    setFollowing(place?.following ?? true);
    setAttributes(lines.element, { 'aria-label': filled(texts['log.label'] ?? '', stepNamed(step)?.title ?? step) });
    showNote();
    if (find.isOpen) search(false);
  };
  /** Joins run and log anew. */
  const update = () => {
    steps = run ? logSteps(run) : [];
    setAttributes(root, { 'data-state': run ? 'run' : 'none' });
    setText(noRun, run ? '' : (texts['log.noRun'] ?? ''));
    if (!run) return;
    const isPicked = picked !== undefined && stepNamed(picked) !== undefined;
    // Who reads or searches is not taken away to the next step.
    const busy = stepNamed(shown) !== undefined && (!following || find.isOpen || selection.selection !== undefined);
    const next = isPicked ? picked : busy ? shown : stepToShow(steps, isEndedRun(run.status));
    const isAnew = next !== undefined && logs.get(next)?.attempt !== stepNamed(next)?.attempt;
    if (next !== undefined && (next !== shown || isAnew)) switchTo(next);
    tabs.show(steps, shown, texts, clock.now());
    clock.run(!isEndedRun(run.status));
    showHead();
    showNote();
    showToEnd();
  };
  const pick = (step: string) => {
    picked = step;
    update();
    remember();
  };

  const setRun = (next: RunState | undefined, now: number) => {
    if (next?.id !== run?.id) {
      if (run !== undefined || (remembered.run !== undefined && remembered.run !== next?.id)) picked = undefined;
      logs.clear();
      places.clear();
      shown = undefined;
      drawTo(0);
      lines.renew();
    }
    run = next;
    clock.set(now);
    update();
  };

  // ---- finding

  let searchBegan = 0;
  let searchTook = 0;
  let again: number | undefined;
  const search = (grown: boolean) => {
    clearTimeout(again);
    again = undefined;
    searchBegan = performance.now();
    finding.ask(find.query, total(), grown);
    showFinding();
  };
  const searchGrown = () => {
    const searched = finding.searchedLines;
    if (!find.isOpen || searched === undefined || searched >= total() || again !== undefined) return;
    again = setTimeout(() => search(true), Math.max(searchAgainMs, 5 * searchTook));
  };
  const goToMatch = (by: 1 | -1) => {
    if (!find.isOpen) return find.open();
    const line = finding.step(by, Math.floor(lines.position));
    if (line !== undefined) lines.reveal(line);
    showFinding();
  };
  const showFinding = () => {
    find.show(finding.state);
    showRuler();
    markMatches();
  };
  const showRuler = () => {
    const parts = find.isOpen ? partsWithMatch(finding.lines, total(), ticks) : [];
    while (ruler.childElementCount > parts.length) ruler.lastElementChild!.remove();
    while (ruler.childElementCount < parts.length) ruler.append(html('div', { class: 'tick' }));
    for (const [index, part] of parts.entries()) (ruler.children[index] as HTMLElement).style.top = `${(part / ticks) * 100}%`;
  };
  const markMatches = () => {
    const { pattern, current } = finding;
    const found: Range[] = [];
    const here: Range[] = [];
    if (pattern) {
      for (const row of lines.rowsInView) {
        for (const [from, to] of row.text === undefined ? [] : placesIn(pattern, row.text)) {
          const range = row.range(from, to);
          if (range) (row.line === current ? here : found).push(range);
        }
      }
    }
    for (const [name, ranges] of [
      ['weft-match', found],
      ['weft-current', here],
    ] as const) {
      if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
      else CSS.highlights.delete(name);
    }
  };

  // ---- copying

  const copied = (chosen: LogSelection) => showToast(filled(texts['log.copied'] ?? '', grouped(selectedLines(chosen).count)));
  /** Lines that are not there are asked for first. */
  const copySlowly = () => {
    if (!copying) return;
    const { first, count } = selectedLines(copying);
    const text = selectedText(copying, textAt);
    if (text === undefined) return log()?.want(first, first + count);
    const chosen = copying;
    copying = undefined;
    navigator.clipboard.writeText(text).then(
      () => copied(chosen),
      (reason: Error) => showToast(reason.message),
    );
  };
  document.addEventListener('beforecopy', (event) => {
    if (selection.selection && !(document.activeElement instanceof HTMLInputElement)) event.preventDefault();
  });
  document.addEventListener('copy', (event) => {
    const chosen = selection.selection;
    if (!chosen || document.activeElement instanceof HTMLInputElement) return;
    event.preventDefault();
    const { count } = selectedLines(chosen);
    if (count > mostCopied) return showToast(filled(texts['log.tooMuch'] ?? '', grouped(count)));
    const text = selectedText(chosen, textAt);
    if (text !== undefined) {
      event.clipboardData?.setData('text/plain', text);
      return copied(chosen);
    }
    copying = chosen;
    copySlowly();
  });

  // ---- pointers and keys

  const openLink = (target: EventTarget | null): boolean => {
    const link = (target as Element | null)?.closest?.('.link[data-file]');
    if (!link) return false;
    const column = link.getAttribute('data-column');
    host.post({
      type: 'openFile',
      file: link.getAttribute('data-file')!,
      line: Number(link.getAttribute('data-at')),
      column: column === null ? undefined : Number(column),
    });
    return true;
  };
  lines.element.addEventListener('click', (event) => {
    // The click that ends a selection opens nothing.
    if (selection.selection === undefined) openLink(event.target);
  });
  const keys: Readonly<Record<string, () => void>> = {
    End: toEnd,
    Home: () => lines.by(-Infinity),
    PageDown: () => lines.page(1),
    PageUp: () => lines.page(-1),
    ArrowDown: () => lines.by(1),
    ArrowUp: () => lines.by(-1),
  };
  window.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey;
    const inField = event.target instanceof HTMLInputElement;
    if (!run || event.altKey) return;
    if (command && event.key.toLowerCase() === 'f') find.open(selectedWord());
    else if (event.key === 'F3') goToMatch(event.shiftKey ? -1 : 1);
    else if (inField) return;
    else if (command && event.key.toLowerCase() === 'a') selectAll();
    else if (event.key === 'Escape') {
      if (selection.selection) selection.select(undefined);
      else find.close();
    } else if (event.key === 'Enter' && openLink(event.target)) return event.preventDefault();
    else if (keys[event.key] && !event.shiftKey) keys[event.key]!();
    else return;
    event.preventDefault();
  });
  const selectedWord = (): string | undefined => {
    const chosen = selection.selection;
    return chosen && selectedLines(chosen).count === 1 ? selectedText(chosen, textAt) : undefined;
  };
  const selectAll = () => {
    if (total() === 0) return;
    // The last line may not be there; no line is longer than this.
    selection.select({ anchor: { line: 0, character: 0 }, focus: { line: total() - 1, character: Number.MAX_SAFE_INTEGER } });
  };
  window.addEventListener('focus', () => {
    if (document.activeElement === document.body) lines.element.focus({ preventScroll: true });
  });

  // ---- messages

  return (message) => {
    switch (message.type) {
      case 'run':
        texts = message.texts;
        find.name(texts);
        return setRun(message.run, message.now);
      case 'events':
        return setRun(message.events.reduce<RunState | undefined>(reduce, run), message.now);
      case 'show':
        return pick(message.step);
      case 'size': {
        logs.get(message.step)?.resize(message.lines, message.ended);
        if (message.step !== shown) return;
        grow();
        showHead();
        showNote();
        showToEnd();
        showRuler();
        return searchGrown();
      }
      case 'lines': {
        const answered = logs.get(message.step);
        if (!answered?.take(message.request, message.first, message.lines, message.times)) return;
        if (message.step !== shown) return;
        failure.hidden = true;
        lines.renew(message.first, message.first + message.lines.length);
        if (drawnEnd < total()) grow();
        return copySlowly();
      }
      case 'matches': {
        if (message.step !== shown || !finding.take(message.request, message.lines, message.done)) return;
        if (message.done) searchTook = performance.now() - searchBegan;
        if (finding.current === undefined && finding.lines.length > 0) return goToMatch(1);
        return showFinding();
      }
      case 'failed':
        log()?.giveUp();
        finding.giveUp();
        copying = undefined;
        setTimeout(() => {
          drawTo(total());
          lines.go(lines.position);
        }, askAgainMs);
        find.show(finding.state);
        failure.hidden = false;
        return setText(failure, message.message);
      default:
        message satisfies never;
    }
  };
}

/** Of the reader's clock, as in terminals: `13:07:09.042`. */
function timeText(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}
