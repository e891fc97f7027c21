import "server-only";

import { Kysely } from "kysely";
import pg from "pg";

import { minute, second, type Duration } from "@/lib/domain/instant";

import { HistoryDialect } from "./postgres-dialect";
import { openPool } from "./postgres-pool";
import type { Database } from "./schema";

const mostConnections = 10;
const connectWithin: Duration = 5 * second;
const answerWithin: Duration = 10 * second;

/** `onNoLimits` runs once when a pooler refuses the server's time limits, so that only Rollcall's own hold. */
export type PostgresOptions = { isPatient?: boolean; onNoLimits?: () => void };

/**
 * Opens a PostgreSQL that several instances may share. Nothing is asked yet: that it cannot be reached
 * shows with the first query. `isPatient` lets a query take as long as it takes, for migrations and exports.
 */
export function openPostgres(url: string, options: PostgresOptions = {}): Kysely<Database> {
  const { isPatient = false, onNoLimits = () => undefined } = options;
  const common: pg.PoolConfig = {
    connectionString: toDriverUrl(url),
    application_name: "rollcall",
    max: mostConnections,
    connectionTimeoutMillis: connectWithin,
    keepAlive: true,
    maxLifetimeSeconds: (10 * minute) / second,
  };
  if (isPatient) {
    return new Kysely<Database>({ dialect: new HistoryDialect({ pool: openPool(() => toPool(common)) }) });
  }
  const limits = {
    statement_timeout: answerWithin,
    lock_timeout: answerWithin / 2,
    idle_in_transaction_session_timeout: answerWithin,
  };
  // Where nothing comes back at all, not even that it took too long.
  const bounded = { ...common, query_timeout: 1.5 * answerWithin };
  const pool = openPool((withLimits) => toPool(withLimits ? { ...bounded, ...limits } : bounded), onNoLimits);
  return new Kysely<Database>({ dialect: new HistoryDialect({ pool }, limits) });
}

function toPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  // A connection that breaks while nothing is asked on it is replaced, or the next query on it says so.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/**
 * The driver treats these modes as `verify-full` already and prints nine lines about it at every start. Saying
 * `verify-full` keeps the behavior and the log clean.
 */
function toDriverUrl(url: string): string {
  if (/[?&]uselibpqcompat=true(&|$)/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, "$1verify-full");
}

// Counts and instants fit a double exactly; the driver would hand them out as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
