import "server-only";

import { greatest } from "@/lib/domain/extremes";
import type { StatusPage } from "@/lib/domain/incident";
import { findCurrentAndLastGood, parseModelPath, type VersionCatalog } from "@/lib/domain/model-version";
import type { Duration } from "@/lib/domain/instant";

import { createEndpointStore, type EndpointStore, type ListingState, type OnChange } from "./endpoint-store";
import type { EndpointPicture, EndpointState } from "./endpoint-state";

/** The key of an organization in the registry. An unnamed organization has the empty one, which no name can be. */
export function organizationName({ org }: { org: string | null }): string {
  return org ?? "";
}

type ModelPath = ReturnType<typeof parseModelPath>;
const currentModels = new WeakMap<EndpointPicture, { model: ModelPath }>();

/** The model of the current rollout; every viewer's answer asks for it. */
function toCurrentModel(picture: EndpointPicture): ModelPath {
  const known = currentModels.get(picture);
  if (known !== undefined) return known.model;
  const model = parseModelPath(findCurrentAndLastGood(picture.rollouts).current?.facts.model ?? null);
  currentModels.set(picture, { model });
  return model;
}

/** The last listing of an organization. */
export type NamedListing = { org: string; listing: ListingState };

export type EndpointRegistry = ReturnType<typeof createEndpointRegistry>;

/** The endpoint stores of all organizations, read as one. `take` keeps an endpoint in at most one of them. */
export function createEndpointRegistry(onChange?: OnChange) {
  const endpointStores = new Map<string, EndpointStore>();
  const count = { revision: 0 };
  let statusPage: StatusPage | null = null;
  return {
    /** What the provider's status page reports; null before the first poll, and if none is set up. */
    statusPage: () => statusPage,
    setStatusPage: (next: StatusPage): void => {
      count.revision += 1;
      statusPage = next;
    },
    /** Keeps one store for each of these organizations. Stores of organizations that stay keep their endpoints. */
    follow: (organizations: readonly { org: string | null }[]): void => {
      const names = new Set(organizations.map(organizationName));
      for (const name of endpointStores.keys()) if (!names.has(name)) endpointStores.delete(name);
      for (const { org } of organizations) {
        const name = organizationName({ org });
        if (!endpointStores.has(name))
          endpointStores.set(name, createEndpointStore(org !== null, count, onChange));
      }
      count.revision += 1;
    },
    /** The store of an organization; undefined for every other name. */
    of: (name: string) => endpointStores.get(name),
    endpointStores: (): readonly (readonly [name: string, endpointStore: EndpointStore])[] => [
      ...endpointStores,
    ],
    /** Removes an endpoint from every store except this one, and returns its state there; undefined if it had none. */
    take: (endpointId: string, name: string): EndpointState | undefined => {
      let taken: EndpointState | undefined;
      for (const [other, endpointStore] of endpointStores) {
        if (other === name) continue;
        taken ??= endpointStore.get(endpointId);
        endpointStore.remove(endpointId);
      }
      return taken;
    },
    /** Notes that history of an endpoint changed without a poll. */
    noteChange: (endpointId: string): void => {
      for (const endpointStore of endpointStores.values()) endpointStore.noteChange(endpointId);
    },
    /** The state of an endpoint; undefined for an unknown id. */
    get: (endpointId: string): EndpointState | undefined => {
      for (const endpointStore of endpointStores.values()) {
        const endpointState = endpointStore.get(endpointId);
        if (endpointState !== undefined) return endpointState;
      }
      return undefined;
    },
    all: (): EndpointState[] => {
      const [only, ...others] = endpointStores.values();
      if (only !== undefined && others.length === 0) return only.all();
      const found = new Map<string, EndpointState>();
      for (const endpointStore of endpointStores.values()) {
        for (const endpointState of endpointStore.all()) {
          if (!found.has(endpointState.endpointId)) found.set(endpointState.endpointId, endpointState);
        }
      }
      return [...found.values()];
    },
    /** The organization whose store has this endpoint; undefined for an unknown id. */
    ownerOf: (endpointId: string): string | undefined => {
      for (const [name, endpointStore] of endpointStores)
        if (endpointStore.get(endpointId) !== undefined) return name;
      return undefined;
    },
    /** The listing that names, or would name, this endpoint; null for an unknown id, or without a listing. */
    listingOf: (endpointId: string): ListingState | null => {
      for (const endpointStore of endpointStores.values())
        if (endpointStore.get(endpointId) !== undefined) return endpointStore.listing();
      return null;
    },
    /** What the API said about the versions of the architecture of an endpoint's current rollout; null for nothing. */
    catalogOf: ({ endpointId, picture }: EndpointState): VersionCatalog | null => {
      const model = picture === null ? null : toCurrentModel(picture);
      if (model === null) return null;
      const endpointStore = [...endpointStores.values()].find((each) => each.get(endpointId) !== undefined);
      return (
        endpointStore
          ?.catalogs()
          .find(({ org, modelArch }) => org === model.org && modelArch === model.modelArch) ?? null
      );
    },
    listings: (): NamedListing[] =>
      [...endpointStores].flatMap(([org, endpointStore]) => {
        const listing = endpointStore.listing();
        return listing === null ? [] : [{ org, listing }];
      }),
    /** The longest idle interval that a request budget stretched; null if none did. */
    stretchedTo: (): Duration | null => {
      const stretched = [...endpointStores.values()]
        .map((endpointStore) => endpointStore.stretchedTo())
        .filter((each) => each !== null);
      return greatest(stretched);
    },
    revision: () => count.revision,
  };
}
