import { faultSchema } from "../faults/fault";
import { ControlError } from "./control-error";
import { parse } from "./parse";
import type { ControlRequest, ControlRoute } from "./route";

/** Making and clearing faults. */
export const faultRoutes: readonly ControlRoute[] = [
  { method: "POST", pattern: /^\/faults$/, handle: addFault },
  {
    method: "GET",
    pattern: /^\/faults$/,
    handle: ({ simulation }) => ({ faults: simulation.faults.list() }),
  },
  { method: "DELETE", pattern: /^\/faults$/, handle: clearFaults },
  { method: "DELETE", pattern: /^\/faults\/([^/]+)$/, handle: removeFault },
];

async function addFault({ simulation, port, body }: ControlRequest): Promise<object> {
  const { id, fault } = simulation.faults.add(parse(faultSchema, body), simulation.clock.now());
  await port.setOpen(!simulation.faults.isRefusing());
  return { id, fault, at: Date.now() };
}

async function clearFaults({ simulation, port }: ControlRequest): Promise<object> {
  simulation.faults.clear();
  await port.setOpen(true);
  return { at: Date.now() };
}

async function removeFault({ simulation, port, params: [id = ""] }: ControlRequest): Promise<object> {
  if (!simulation.faults.remove(id)) throw new ControlError(404, `No fault is called '${id}'`);
  await port.setOpen(!simulation.faults.isRefusing());
  return { at: Date.now() };
}
