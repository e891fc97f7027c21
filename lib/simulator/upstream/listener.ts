import type { IncomingMessage, ServerResponse } from "node:http";
import { actOut } from "../faults/act-out";
import { readBody } from "../read-body";
import type { RequestEntry } from "../request-log";
import { headerPairs } from "../request-log";
import type { Simulation } from "../simulation";
import type { Exchange } from "./exchange";
import { send } from "./exchange";
import { answerUpstream } from "./routes";

/** The upstream's request listener: logs the request, then responds or applies a fault. */
export function upstreamListener(simulation: Simulation) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? "";
    const rawPath = request.url ?? "";
    const matched = simulation.faults.match(method, rawPath);
    const entry: RequestEntry = {
      at: Date.now(),
      method,
      rawPath,
      headers: headerPairs(request.rawHeaders),
      status: null,
      faultId: matched?.id ?? null,
    };
    simulation.requests.add(entry);
    const body = method === "GET" ? "" : await readBody(request);
    const { authorization } = request.headers;
    const answer = () => answerUpstream(simulation, { method, rawPath, authorization, body });
    const exchange: Exchange = { request, response, entry, answer };
    if (matched === undefined) send(exchange, answer());
    else actOut(matched.fault, exchange);
  };
}
