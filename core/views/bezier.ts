// Points on the cubic Bézier paths of a layout.
import type { LaidOutEdge } from '../graph/layout.ts';

type Points = LaidOutEdge['points'];

/** The middle of the longest piece's chord: where a label has most room. */
export function labelPlace(points: Points): readonly [number, number] {
  let best = 0;
  let longest = -1;
  for (let at = 0; at + 3 < points.length; at += 3) {
    const [a, d] = [points[at]!, points[at + 3]!];
    const length = Math.hypot(d[0] - a[0], d[1] - a[1]);
    if (length > longest) [best, longest] = [at, length];
  }
  return longest < 0 ? (points[0] ?? [0, 0]) : pointAt(points, best, 0.5);
}

/** On the piece that starts at point `at`, `t` from 0 to 1. */
export function pointAt(points: Points, at: number, t: number): readonly [number, number] {
  const [a, b, c, d] = [points[at]!, points[at + 1]!, points[at + 2]!, points[at + 3]!];
  const s = 1 - t;
  const mix = (axis: 0 | 1) => s ** 3 * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t ** 3 * d[axis];
  return [mix(0), mix(1)];
}
