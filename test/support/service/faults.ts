// What goes wrong on demand: the next calls of a route are refused, or their connection breaks before, after or in the middle.
import type { ServiceRoute } from './contract.ts';

export interface Fault {
  /** Absent: any call. */
  readonly route?: ServiceRoute;
  /** How many calls it hits; 1 when absent. */
  readonly times?: number;
  /** Calls of that route that pass before it; 0 when absent. */
  readonly after?: number;
  readonly does:
    | {
        readonly kind: 'answer';
        readonly status: number;
        readonly code: string;
        readonly message: string;
        readonly retryAfter?: number;
      }
    /** `before` it has any effect, after its `effect`, or in the middle of the `answer`. */
    | { readonly kind: 'drop'; readonly at: 'before' | 'effect' | 'answer' }
    /** The answer is held back until then. */
    | { readonly kind: 'delay'; readonly until: Promise<unknown> };
}

export class Faults {
  private readonly waiting: { readonly fault: Fault; pass: number; left: number }[] = [];

  /** Hits the next calls; earlier faults first. */
  add(fault: Fault): void {
    this.waiting.push({ fault, pass: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** Every fault has hit as often as it was to. */
  get spent(): boolean {
    return this.waiting.every(({ left }) => left === 0);
  }

  /** What happens to this call. */
  take(route: ServiceRoute | undefined): Fault['does'] | undefined {
    for (const each of this.waiting) {
      if (each.left === 0 || (each.fault.route !== undefined && each.fault.route !== route)) continue;
      if (each.pass > 0) {
        each.pass -= 1;
        continue;
      }
      each.left -= 1;
      return each.fault.does;
    }
    return undefined;
  }
}

/** Refusals as the API reference documents them (part 4). */
export const refusals = {
  wrongKeys: {
    kind: 'answer',
    status: 401,
    code: 'APIGW.0301',
    message: 'Incorrect IAM authentication information: verify aksk signature fail',
  },
  forbidden: { kind: 'answer', status: 403, code: 'ModelArts.0108', message: 'No permission.' },
  tooMany: {
    kind: 'answer',
    status: 429,
    code: 'APIG.0308',
    message: 'The throttling threshold has been reached: policy user over ratelimit,limit:10,time:1 minute',
    retryAfter: 0,
  },
  broken: { kind: 'answer', status: 500, code: 'ModelArts.0010', message: 'Internal error.' },
  away: { kind: 'answer', status: 503, code: 'ModelArts.4302', message: 'The backend is unavailable.', retryAfter: 0 },
} as const satisfies Readonly<Record<string, Fault['does']>>;
