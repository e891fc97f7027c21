import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../read-body";
import type { UpstreamPort, Simulation } from "../simulation";
import { ControlError } from "./control-error";
import { endpointRoutes } from "./endpoint-routes";
import { faultRoutes } from "./fault-routes";
import { incidentRoutes } from "./incident-routes";
import { logRoutes } from "./log-routes";
import { parseJsonBody } from "./parse";
import type { ControlRoute } from "./route";
import { scenarioRoutes } from "./scenario-routes";
import { versionRoutes } from "./version-routes";

const ROUTES: readonly ControlRoute[] = [
  ...scenarioRoutes,
  ...endpointRoutes,
  ...faultRoutes,
  ...logRoutes,
  ...versionRoutes,
  ...incidentRoutes,
];

/** The control port's request listener: JSON in, JSON out, `{"error": …}` for a bad request. */
export function controlListener(simulation: Simulation, port: UpstreamPort) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      reply(response, 200, await handle(simulation, port, request));
    } catch (error) {
      const status = error instanceof ControlError ? error.status : 500;
      reply(response, status, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

async function handle(
  simulation: Simulation,
  port: UpstreamPort,
  request: IncomingMessage,
): Promise<unknown> {
  // Web pages send Origin even if they cannot read the response; no client that should control the simulator does.
  if (request.headers.origin !== undefined)
    throw new ControlError(403, "Requests from web pages are rejected");
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const matching = ROUTES.filter(({ pattern }) => pattern.test(url.pathname));
  if (matching.length === 0) throw new ControlError(404, `Nothing is at ${url.pathname}`);
  const route = matching.find(({ method }) => method === request.method);
  if (route === undefined) throw new ControlError(405, `${url.pathname} does not take ${request.method}`);
  const params = (route.pattern.exec(url.pathname) ?? []).slice(1).map(decodeParam);
  const body = parseJsonBody(await readBody(request));
  return route.handle({ simulation, port, params, query: Object.fromEntries(url.searchParams), body });
}

function decodeParam(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ControlError(400, `'${part}' is not percent-encoded text`);
  }
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
