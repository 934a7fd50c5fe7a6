// How runs and steps are said in lists: name, status, time, icon. The texts of statuses are those of the webviews.
import * as vscode from 'vscode';
import type { RunState, StepState } from '../../core/run/reduce.ts';
import { isEndedRun, isEndedStep } from '../../core/run/status.ts';
import { elapsed, formatDuration } from '../../core/views/duration.ts';
import { graphTexts, textsFor } from '../../core/views/texts.ts';
import { shownStatus, type Tone, toneOf } from '../../core/views/tone.ts';

const texts = textsFor(graphTexts, vscode.env.language);

const icons: Readonly<Record<Tone, readonly [icon: string, color?: string]>> = {
  idle: ['circle-outline', 'disabledForeground'],
  queued: ['circle-outline'],
  waiting: ['person', 'notificationsWarningIcon.foreground'],
  active: ['sync~spin', 'progressBar.background'],
  done: ['pass', 'testing.iconPassed'],
  failed: ['error', 'testing.iconFailed'],
  stopped: ['circle-slash', 'disabledForeground'],
  skipped: ['debug-step-over', 'disabledForeground'],
};

export function iconOf(tone: Tone): vscode.ThemeIcon {
  const [icon, color] = icons[tone];
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

/** A waiting step makes the whole run wait for a person, unless something else of it runs. */
export function toneOfRun(state: RunState): Tone {
  if (isEndedRun(state.status)) return toneOf(state.status);
  const tones = new Set(state.steps.map((step) => toneOf(shownStatus(step))));
  return tones.has('waiting') && !tones.has('active') ? 'waiting' : 'active';
}

export function runStatusText(state: RunState): string {
  if (!isEndedRun(state.status) && state.stopRequested) return texts['status.stopping']!;
  if (toneOfRun(state) === 'waiting') return texts['status.hold']!;
  return texts[`run.${state.status}`] ?? state.status;
}

export function stepStatusText(step: StepState): string {
  const status = shownStatus(step);
  const text = texts[`status.${status}`] ?? status;
  return step.reason === undefined ? text : `${text}: ${texts[`skipped.${step.reason}`] ?? step.reason}`;
}

/** Empty before the start. `now`: the host's clock. */
export function durationText(timed: { readonly startedAt?: string; readonly endedAt?: string }, now: number): string {
  const ms = elapsed(timed.startedAt, timed.endedAt, now);
  return ms === undefined ? '' : formatDuration(ms);
}

/** As an item of a quick pick. */
export function describeRun(state: RunState): { label: string; description: string; iconPath: vscode.ThemeIcon } {
  return {
    label: `${state.workflowName} ${state.name}`,
    description: joined(runStatusText(state), durationText(state, Date.now()), timeText(state.createdAt)),
    iconPath: iconOf(toneOfRun(state)),
  };
}

export function describeStep(step: StepState): { label: string; description: string; iconPath: vscode.ThemeIcon } {
  return {
    label: step.title || step.name,
    description: joined(stepStatusText(step), isEndedStep(step.status) ? durationText(step, Date.now()) : ''),
    iconPath: iconOf(toneOf(shownStatus(step))),
  };
}

/** `14:05` of today, else with the day. */
export function timeText(at: string): string {
  const time = new Date(at);
  const sameDay = time.toDateString() === new Date().toDateString();
  return time.toLocaleString(vscode.env.language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(!sameDay && { month: 'short', day: 'numeric' }),
  });
}

export function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
