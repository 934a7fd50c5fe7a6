// Context keys that `when` clauses of the manifest read and client/context-keys.ts sets.

export interface ContextKeys {
  /** The active workflow document has a run that has not ended. */
  'weft.documentRunning': boolean;
  'weft.anyRuns': boolean;
  'weft.anyRunActive': boolean;
  /** Some step waits for a person. */
  'weft.anyWaiting': boolean;
  'weft.engineRunning': boolean;
  /** The list of runs has been read at least once, or there is nothing to read. */
  'weft.runsLoaded': boolean;
  /** A graph panel is the active editor. */
  'weft.graphActive': boolean;
}
