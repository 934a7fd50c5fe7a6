// When lines arrived, to the resolution of the looks at the file: pairs of a line count and the time it was first seen.
// Bounded: a look soon after the last one extends it, and a long log thins its older half out.

const finestMs = 50;
const mostMarks = 20_000;

export interface ArrivalTimes {
  /** `lines` are there now; those since the last call have just arrived. */
  saw(lines: number, at: number): void;
  /** Lines that were there before the first look have no time: then undefined for the whole range. */
  of(first: number, count: number): readonly number[] | undefined;
}

export function createArrivalTimes(): ArrivalTimes {
  /** Line counts with the time at which they were reached; both grow. */
  let counts: number[] = [];
  let times: number[] = [];

  function markOf(line: number): number {
    let low = 0;
    let high = counts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (counts[middle]! > line) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    saw(lines, at) {
      const last = counts.length - 1;
      if (last >= 0 && counts[last] === lines) return;
      if (last >= 1 && at - times[last]! < finestMs) {
        counts[last] = lines;
        return;
      }
      counts.push(lines);
      times.push(at);
      if (counts.length > mostMarks) {
        const keep = (_: number, index: number) => index === 0 || index % 2 === 1 || index > mostMarks / 2;
        times = times.filter(keep);
        counts = counts.filter(keep);
      }
    },
    of(first, count) {
      // The first mark is what the first look found.
      if (count === 0 || counts.length === 0 || first < counts[0]!) return undefined;
      const result: number[] = [];
      let mark = markOf(first);
      for (let line = first; line < first + count; line++) {
        while (mark < counts.length && counts[mark]! <= line) mark++;
        // A last line without line end is counted by no mark: it came with the last look.
        result.push(times[mark] ?? times.at(-1)!);
      }
      return result;
    },
  };
}
