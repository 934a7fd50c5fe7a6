// `/weft/v1/runs/{id}/...` of a debugger: breakpoints, going on, values, expressions. Each answers the run as it is afterwards.
import type { WeftBreakpoints, WeftDebugAction, WeftEvaluate, WeftRun, WeftValues } from '../../../core/api/weft.ts';
import type { RunState } from '../../../core/run/reduce.ts';
import type { Runs } from '../../runs.ts';
import { Problem } from '../problem.ts';
import type { Call, Handlers } from '../server.ts';

export function debugHandlers(runs: Runs): Handlers {
  const answer = (state: RunState): { readonly body: WeftRun } => ({ body: { state, seq: state.seq } });
  const idOf = ({ path }: Call) => path['execution_id']!;
  return {
    SetBreakpoints(call) {
      const { breakpoints } = (call.body ?? {}) as Partial<WeftBreakpoints>;
      if (!Array.isArray(breakpoints)) throw lacks('breakpoints', 'a list of {step, condition?, hits?}');
      return answer(runs.setBreakpoints(idOf(call), breakpoints));
    },
    DebugRun: (call) => answer(runs.debug(idOf(call), (call.body ?? {}) as WeftDebugAction)),
    SetRunValues: (call) => answer(runs.setValues(idOf(call), (call.body ?? {}) as WeftValues)),
    EvaluateInRun(call) {
      const { expression } = (call.body ?? {}) as Partial<WeftEvaluate>;
      if (typeof expression !== 'string') throw lacks('expression', 'a text');
      return { body: { value: runs.evaluate(idOf(call), expression) } };
    },
  };
}

function lacks(member: string, what: string): Problem {
  return new Problem(400, 'ModelArts.2787', `The request body lacks "${member}": ${what}`);
}
