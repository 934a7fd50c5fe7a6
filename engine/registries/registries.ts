// What the API asks the local registries. Their contents are made by the step kinds; this is the reading side and the service controls.
import type { WeftArtifact, WeftDataset, WeftModel, WeftService } from '../../core/api/weft.ts';
import type { RunState } from '../../core/run/reduce.ts';

export interface Registries {
  datasets(): Promise<readonly WeftDataset[]>;
  models(): Promise<readonly WeftModel[]>;
  services(): Promise<readonly WeftService[]>;
  /** Undefined where there is no such service. */
  stopService(id: string): Promise<WeftService | undefined>;
  /** Undefined where there is no such service; rejects with StepError where it does not answer. */
  predict(id: string, request: PredictRequest): Promise<PredictAnswer | undefined>;
  /** Files that the steps of a run wrote, by output. */
  artifacts(run: RunState): Promise<readonly WeftArtifact[]>;
  /** Services keep the engine alive. */
  runningServices(): number;
  /** Finds the services of an earlier engine again. Called once, before the first request. */
  recover(): Promise<void>;
  close(options: { readonly stopServices: boolean }): Promise<void>;
}

export interface PredictRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}

export interface PredictAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
