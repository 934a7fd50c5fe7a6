// Ends the engine when nobody has needed it for a while. A request counts as need, and so does whatever `isBusy` says.

export interface IdleClock {
  /** Somebody was here. */
  touch(): void;
  stop(): void;
}

/** `onIdle` is called once, when `idleMs` passed without a touch and without `isBusy`. */
export function startIdleClock(idleMs: number, isBusy: () => boolean, onIdle: () => void): IdleClock {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const touch = () => {
    stop();
    timer = setTimeout(() => (isBusy() ? touch() : onIdle()), idleMs);
  };
  touch();
  return { touch, stop };
}
