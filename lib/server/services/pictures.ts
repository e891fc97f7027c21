import "server-only";

import { LRUCache } from "lru-cache";
import PQueue from "p-queue";

import { minute } from "@/lib/domain/instant";

const mostKept = 50;

/**
 * Caches pictures of about 40 kB that take tens of milliseconds to draw: each is drawn once, one at a time, however
 * many clients ask. Kept for a minute only, because their text depends on the current time.
 */
export function createPictures() {
  const line = new PQueue({ concurrency: 1 });
  const kept = new LRUCache<string, Promise<ArrayBuffer>>({ max: mostKept, ttl: minute });
  return {
    /** The picture under this key, drawn if it is not cached. Failures are not cached. */
    get: (key: string, draw: () => Promise<ArrayBuffer>): Promise<ArrayBuffer> => {
      const known = kept.get(key);
      if (known !== undefined) return known;
      const drawn = line.add(draw);
      kept.set(key, drawn);
      drawn.catch(() => kept.delete(key));
      return drawn;
    },
  };
}
