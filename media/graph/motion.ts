// Movement from one picture to the next: numbers between two values over a short time, or at once for those who want stillness.
import { prefersStillness } from '../dom.ts';

const duration = 220;

/** Calls `draw` with 0 < t ≤ 1, at the end always with 1. Returns what ends the movement where it is. */
export function move(draw: (t: number) => void): () => void {
  if (prefersStillness() || document.visibilityState === 'hidden') {
    draw(1);
    return () => {};
  }
  let begin: number | undefined;
  let frame = requestAnimationFrame(function next(time) {
    begin ??= time - 16;
    const t = Math.min(1, (time - begin) / duration);
    draw(1 - (1 - t) ** 3);
    if (t < 1) frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}

export function between(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}
