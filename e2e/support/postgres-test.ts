import { Postgres } from "./postgres";
import { test as base } from "./test";

/** The same test, with history on a PostgreSQL that the test may stop and break. */
export const test = base.extend<{ postgres: Postgres; databaseUrl: string }>({
  postgres: async ({}, use) => {
    const postgres = await Postgres.start();
    await use(postgres);
    await postgres.remove();
  },
  databaseUrl: async ({ postgres }, use) => {
    await use(await postgres.createDatabase());
  },
  settings: async ({ databaseUrl }, use) => {
    await use({ DATABASE_URL: databaseUrl });
  },
});

export { expect } from "./test";
