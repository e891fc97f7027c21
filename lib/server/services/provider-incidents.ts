import "server-only";

import { providerIncidentsSchema, type ProviderIncidents } from "@/lib/contract/provider-incidents";
import { minute } from "@/lib/domain/instant";
import type { Context } from "@/lib/server/context";

import { encode, nameContent, type Encoded } from "./answer";

/** What is encoded once, until the status page is read again. */
type Noted = Encoded<ProviderIncidents>;

const noted = new WeakMap<object, Noted>();

/** The incidents that the status page reports; null while none is open, before it was read, and if none is set up. */
export function readProviderIncidents({ endpointStore }: Pick<Context, "endpointStore">): Noted | null {
  const page = endpointStore.statusPage();
  if (page === null || page.observedAt === null || page.incidents.length === 0) return null;
  const known = noted.get(page);
  if (known !== undefined) return known;
  const { observedAt, cause } = page;
  const body = { observedAt, incidents: page.incidents.map((incident) => ({ ...incident })), cause };
  // The minute is part of the name: viewers see how old it is.
  const named = {
    ...body,
    observedAt: Math.floor(observedAt / minute),
    cause: cause === null ? null : { ...cause, retryAt: null },
  };
  const made = encode(providerIncidentsSchema, body, named);
  noted.set(page, made);
  return made;
}

/** The same answer with the open incidents added, if there are any. */
export function withProviderIncidents<T extends { providerIncidents?: ProviderIncidents | undefined }>(
  encoded: Encoded<T>,
  incidents: Noted | null,
): Encoded<T> {
  if (incidents === null) return encoded;
  const bytes = Buffer.concat([
    encoded.bytes.subarray(0, -1),
    Buffer.from(',"providerIncidents":'),
    incidents.bytes,
    Buffer.from("}"),
  ]);
  return {
    ...encoded,
    body: { ...encoded.body, providerIncidents: incidents.body },
    etag: nameContent([encoded.etag, incidents.etag]),
    bytes,
  };
}
