import { z } from "zod";
import { jsonValue } from "../json";
import { parse } from "./parse";
import type { ControlRequest, ControlRoute } from "./route";

const incidentsBody = z.strictObject({ incidents: z.array(jsonValue) });

/** What the status page reports, set by hand. */
export const incidentRoutes: readonly ControlRoute[] = [
  { method: "PUT", pattern: /^\/incidents$/, handle: putIncidents },
];

function putIncidents({ simulation, body }: ControlRequest): object {
  simulation.statusPage.set(parse(incidentsBody, body).incidents);
  return { at: Date.now() };
}
