// Waits for what the window or the engine will do, by looking again: VS Code has no event for most of it.

/** The first value that is not falsy. Rejects after a minute, saying what did not come. */
export async function eventually<Value>(
  what: string,
  probe: () => Value | PromiseLike<Value>,
  patienceMs = 60_000,
): Promise<NonNullable<Exclude<Value, false>>> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<Exclude<Value, false>>;
    if (Date.now() > end) throw new Error(`Not within ${patienceMs / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
