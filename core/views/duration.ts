// Spans of time as people read them. The caller has the clock.

/** `850 ms`, `12 s`, `3 m 05 s`, `2 h 07 m`, `3 d 04 h`. */
export function formatDuration(ms: number): string {
  if (!(ms >= 0)) return '0 s';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${twoDigits(seconds % 60)} s`;
  const hours = Math.floor(seconds / 3600);
  if (hours < 24) return `${hours} h ${twoDigits(Math.floor((seconds % 3600) / 60))} m`;
  return `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}

/** Between two times of events; up to `now` while the second is not there. Undefined before the first. */
export function elapsed(startedAt: string | undefined, endedAt: string | undefined, now: number): number | undefined {
  if (startedAt === undefined) return undefined;
  const start = Date.parse(startedAt);
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  return Number.isNaN(start) || Number.isNaN(end) ? undefined : Math.max(0, end - start);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
