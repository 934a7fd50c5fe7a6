// A failure that the user can do something about: what failed, on what, and buttons that lead out.
// Whatever else is thrown is a bug and is shown as one, with the output a click away.

export interface WayOut {
  readonly title: string;
  readonly take: () => unknown;
}

export class Failure extends Error {
  override readonly name = 'Failure';
  readonly ways: readonly WayOut[];

  constructor(message: string, ways: readonly WayOut[] = [], options?: ErrorOptions) {
    super(message, options);
    this.ways = ways;
  }
}

/** The user closed a question or pressed Cancel: nothing is reported. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}
