// Where in the author's files a call of the SDK was made: the frames of the stack, without those of the SDK and of Node.
import type { Call, Frame } from './written.ts';

interface Site {
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

/** What V8 adds to `Error`. */
interface Tracing {
  stackTraceLimit: number;
  prepareStackTrace: ((error: unknown, sites: readonly Site[]) => unknown) | undefined;
  captureStackTrace(holder: object): void;
}

const depth = 60;

/** The loader names modules of the SDK `weft:...` and the author's by their path. */
const foreign = /^(?:weft|node|file|evalmachine|<):?/;

export function callSite(): Call {
  const tracing = Error as unknown as Tracing;
  const { prepareStackTrace, stackTraceLimit } = tracing;
  try {
    tracing.stackTraceLimit = depth;
    tracing.prepareStackTrace = (_, sites) => sites;
    const holder: { stack?: readonly Site[] } = {};
    tracing.captureStackTrace(holder);
    const { stack } = holder;
    return Array.isArray(stack) ? stack.flatMap(frameOf) : [];
  } finally {
    tracing.prepareStackTrace = prepareStackTrace;
    tracing.stackTraceLimit = stackTraceLimit;
  }
}

function frameOf(site: Site): readonly Frame[] {
  const file = site.getFileName();
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  return file && !foreign.test(file) && line !== null && column !== null ? [[file, line, column]] : [];
}
