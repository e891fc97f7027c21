import "server-only";

import type pg from "pg";

/** PgBouncer's words at the connection for a setting that it does not pass on. */
const refusedSetting = /unsupported startup parameter/i;
/** The driver's words when nothing came back in time. */
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
 * The same connection, closed on release when an answer on it did not come in time: the next question would wait
 * behind the lost answer.
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
