import { randomUUID } from "node:crypto";

import pg from "pg";

import { Program, foreignEnvironment } from "./program";

/** A separate PostgreSQL that a test may stop and break. */
export class Postgres {
  private constructor(
    private readonly program: Program,
    private readonly server: string,
  ) {}

  static async start(): Promise<Postgres> {
    const program = new Program(["scripts/postgres.mjs"], foreignEnvironment());
    return new Postgres(program, await program.firstLine());
  }

  /** Creates a database. Resolves with its address. */
  async createDatabase(): Promise<string> {
    const name = `rollcall_${randomUUID().replaceAll("-", "")}`;
    await this.query(`create database ${name}`);
    const url = new URL(this.server);
    url.pathname = name;
    return url.href;
  }

  /** The rows that one statement returns, on a new connection. */
  async query(statement: string, url = this.server): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Locks these tables until the returned function is called. */
  async lockTables(url: string, tables: readonly string[]): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`begin; lock table ${tables.join(", ")} in access exclusive mode`);
    return () => client.end();
  }

  /** Closes its connections and stops, as an administrator would. */
  stop(): Promise<void> {
    return this.program.command("stop");
  }

  /** Stops without closing anything; what was committed is recovered at the next start. */
  crash(): Promise<void> {
    return this.program.command("crash");
  }

  restart(): Promise<void> {
    return this.program.command("start");
  }

  remove(): Promise<void> {
    return this.program.kill();
  }
}
