import "server-only";

import type pg from "pg";

/** PgBouncer's error for a connection setting that it does not support. */
const refusedSetting = /unsupported startup parameter/i;
/** The driver's error after `query_timeout`. */
const noAnswer = /^Query read timeout$/;

/**
 * A pool of connections that adapts to a pooler in front of PostgreSQL: when the pooler refuses the time limits as
 * connection settings, it connects without them and runs `onNoLimits` once.
 */
export function openPool(make: (withLimits: boolean) => pg.Pool, onNoLimits: () => void = () => undefined) {
  let pool = make(true);
  let hasLimits = true;

  function dropLimits(): void {
    if (!hasLimits) return;
    hasLimits = false;
    void pool.end();
    pool = make(false);
    onNoLimits();
  }

  return {
    connect: async (): Promise<pg.PoolClient> => {
      try {
        return closeWhenLost(await pool.connect());
      } catch (error) {
        if (!(error instanceof Error) || !refusedSetting.test(error.message)) throw error;
        dropLimits();
        return closeWhenLost(await pool.connect());
      }
    },
    end: (): Promise<void> => pool.end(),
  };
}

/**
 * Closes the connection on release if a query on it timed out, because the next query would wait behind it.
 */
function closeWhenLost(client: pg.PoolClient): pg.PoolClient {
  let isLost = false;
  async function query(sql: string, parameters: unknown[]): Promise<pg.QueryResult> {
    try {
      return await client.query(sql, parameters);
    } catch (error) {
      isLost ||= error instanceof Error && noAnswer.test(error.message);
      throw error;
    }
  }
  return new Proxy(client, {
    get: (target, name): unknown => {
      if (name === "query") return query;
      if (name === "release") return () => target.release(isLost);
      return Reflect.get(target, name, target);
    },
  });
}
