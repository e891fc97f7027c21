import "server-only";

import { endpointRead, personRead, sharedRead, siteRead, type ReadOperation } from "./read-operation";
import { toResponse } from "./reply";

type Handler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** Next's route handler for a read of the API. Compression is Next's. */
export function readRoute<P>(read: ReadOperation<P>): Handler<P> {
  return async (request, { params }) => toResponse(await read(request, await params));
}

/** A route that reads something that is not one endpoint's. */
export function getRoute<P, T>(...input: Parameters<typeof siteRead<P, T>>): Handler<P> {
  return readRoute(siteRead(...input));
}

/** A route of what only people may read. */
export function personRoute<T>(...input: Parameters<typeof personRead<T>>): Handler<unknown> {
  return readRoute(personRead(...input));
}

/** A route of what belongs to one endpoint. */
export function endpointRoute<P extends { endpointId: string }, T>(
  ...input: Parameters<typeof endpointRead<P, T>>
): Handler<P> {
  return readRoute(endpointRead(...input));
}

/** A route for guests. `P` are the parameters of the path. */
export function sharedRoute<P = object>(...input: Parameters<typeof sharedRead<P>>): Handler<P> {
  return readRoute(sharedRead(...input));
}
