// What this adapter can do, as it says at `initialize`.
import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Say, texts } from './texts.ts';

export function capabilitiesIn(say: Say): DebugProtocol.Capabilities {
  return {
    supportsConfigurationDoneRequest: true,
    supportsFunctionBreakpoints: true,
    supportsConditionalBreakpoints: true,
    supportsHitConditionalBreakpoints: true,
    supportsLogPoints: true,
    supportsEvaluateForHovers: true,
    supportsClipboardContext: true,
    supportsSetVariable: true,
    supportsSetExpression: true,
    supportsRestartFrame: true,
    supportsRestartRequest: true,
    supportsCompletionsRequest: true,
    completionTriggerCharacters: ['.'],
    supportsTerminateRequest: true,
    supportTerminateDebuggee: true,
    supportSuspendDebuggee: true,
    supportsDelayedStackTraceLoading: true,
    supportsExceptionInfoRequest: true,
    exceptionBreakpointFilters: [
      { filter: 'failed', label: say(texts.failedSteps), description: say(texts.failedStepsText), default: true },
    ],
  };
}
