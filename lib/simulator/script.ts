/** What a deployment reports. A field that is absent is not sent; null is sent as null. */
export type DeploymentState = {
  readonly status?: string;
  readonly updated?: number | null;
  readonly total?: number | null;
  readonly maxUnavailable?: number | null;
  readonly errorMessage?: string | null;
};

/** A change at `atMs` virtual milliseconds after the deployment was requested. */
export type Step = DeploymentState & { readonly atMs: number };

/** Steps in rising order of `atMs`. */
export type Script = readonly Step[];

/** The state after every step up to and including `elapsedMs` since the deployment's start. */
export function stateAt(script: Script, elapsedMs: number): DeploymentState {
  const state: DeploymentState = {};
  for (const { atMs, ...change } of script) {
    if (atMs > elapsedMs) break;
    Object.assign(state, change);
  }
  return state;
}

/** The moments (ms after the deployment's start) at which the script changes something. */
export function stepTimes(script: Script): number[] {
  return [...new Set(script.map((step) => step.atMs))];
}

/** When the last step happens, in ms after the deployment's start. */
export function scriptLengthMs(script: Script): number {
  return script.at(-1)?.atMs ?? 0;
}
