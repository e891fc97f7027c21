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

/**
 * `isPatient` lifts the time limits, for migrations and exports. `onNoLimits` runs once when a pooler refuses time limits
 * as connection settings, which leaves those of the transactions and of the driver.
 */
export type PostgresOptions = { isPatient?: boolean; onNoLimits?: () => void };

/**
 * Opens a PostgreSQL database that several instances may share. Connects with the first query, so an unreachable server
 * shows only then.
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
  // Longer than the server's limit, for a server that does not even report a timeout.
  const bounded = { ...common, query_timeout: 1.5 * answerWithin };
  const pool = openPool((withLimits) => toPool(withLimits ? { ...bounded, ...limits } : bounded), onNoLimits);
  return new Kysely<Database>({ dialect: new HistoryDialect({ pool }, limits) });
}

function toPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  // Unhandled, an error of an idle connection would end the process. The pool replaces the connection.
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

// The driver returns int8 as text. Counts and instants fit a double exactly.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
