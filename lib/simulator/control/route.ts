import type { UpstreamPort, Simulation } from "../simulation";

/** What a control route works with. `params` are the decoded parts of the path. */
export type ControlRequest = {
  readonly simulation: Simulation;
  readonly port: UpstreamPort;
  readonly params: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** Answers with a JSON value, or throws a ControlError. */
export type ControlRoute = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly pattern: RegExp;
  readonly handle: (request: ControlRequest) => unknown;
};
