import "server-only";

import { greatest } from "@/lib/domain/extremes";
import type { Duration } from "@/lib/domain/instant";

import { createBoard, type Board, type ListingMemory } from "./board";
import type { EndpointMemory } from "./endpoint-memory";
import { sourceName } from "./source-name";

/** What the listing of an organisation said last. */
export type NamedListing = { org: string; listing: ListingMemory };

export type House = ReturnType<typeof createHouse>;

/** The boards of all organisations, read as one. `take` sees to it that an endpoint is on one of them at most. */
export function createHouse() {
  const boards = new Map<string, Board>();
  const count = { revision: 0 };
  return {
    /** Has a board for each of these organisations, and for no other; those that stay keep what is on them. */
    follow: (organizations: readonly { org: string | null }[]): void => {
      const names = new Set(organizations.map(sourceName));
      for (const name of boards.keys()) if (!names.has(name)) boards.delete(name);
      for (const { org } of organizations) {
        const name = sourceName({ org });
        if (!boards.has(name)) boards.set(name, createBoard(org !== null, count));
      }
      count.revision += 1;
    },
    /** The board of an organisation; undefined for every other name. */
    of: (name: string) => boards.get(name),
    boards: (): readonly (readonly [name: string, board: Board])[] => [...boards],
    /** Takes an endpoint off every board but this one. Answers with what was known there; undefined: nothing. */
    take: (endpointId: string, name: string): EndpointMemory | undefined => {
      let taken: EndpointMemory | undefined;
      for (const [other, board] of boards) {
        if (other === name) continue;
        taken ??= board.get(endpointId);
        board.remove(endpointId);
      }
      return taken;
    },
    /** The memory of a watched endpoint; undefined for every other id. */
    get: (endpointId: string): EndpointMemory | undefined => {
      for (const board of boards.values()) {
        const memory = board.get(endpointId);
        if (memory !== undefined) return memory;
      }
      return undefined;
    },
    all: (): EndpointMemory[] => {
      const [only, ...others] = boards.values();
      if (only !== undefined && others.length === 0) return only.all();
      const found = new Map<string, EndpointMemory>();
      for (const board of boards.values()) {
        for (const memory of board.all()) {
          if (!found.has(memory.endpointId)) found.set(memory.endpointId, memory);
        }
      }
      return [...found.values()];
    },
    listings: (): NamedListing[] =>
      [...boards].flatMap(([org, board]) => {
        const listing = board.listing();
        return listing === null ? [] : [{ org, listing }];
      }),
    /** The longest idle interval in force where a budget of requests stretched it; null where none did. */
    stretchedTo: (): Duration | null => {
      const stretched = [...boards.values()]
        .map((board) => board.stretchedTo())
        .filter((each) => each !== null);
      return greatest(stretched);
    },
    revision: () => count.revision,
  };
}
