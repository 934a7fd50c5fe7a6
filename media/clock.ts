// The host's clock in a panel: told with messages, counted on between them, so that durations grow while something runs.

export interface Clock {
  set(now: number): void;
  now(): number;
  /** Ticks every second while on. */
  run(on: boolean): void;
}

export function createClock(tick: (now: number) => void): Clock {
  let told = 0;
  let toldAt = performance.now();
  let timer: number | undefined;
  const clock: Clock = {
    set(now) {
      [told, toldAt] = [now, performance.now()];
    },
    now: () => told + (performance.now() - toldAt),
    run(on) {
      if (on === (timer !== undefined)) return;
      if (on) timer = setInterval(() => tick(clock.now()), 1000);
      else {
        clearInterval(timer);
        timer = undefined;
      }
    },
  };
  return clock;
}
