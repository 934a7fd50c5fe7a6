// The other end of a panel: typed messages to and from the extension host, and what a panel remembers while it is hidden.

interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): WebviewApi;

export interface Host<From, State> {
  post(message: From): void;
  /** What `remember` was given last, perhaps by an older version of the panel. */
  recall(): Partial<State>;
  remember(state: State): void;
}

/** Messages reach `receive` in their order. To be called once. */
export function connectHost<To, From, State>(receive: (message: To) => void): Host<From, State> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<To>) => receive(event.data));
  return {
    post: (message) => api.postMessage(message),
    recall: () => (api.getState() ?? {}) as Partial<State>,
    remember: (state) => api.setState(state),
  };
}
