import "server-only";

import { type Kysely, type Migration, Migrator } from "kysely";

import { isUnknownCertificate, isUnreachable, toDatabaseReason } from "./database-problem";
import { firstTables } from "./migrations/0001-first-tables";
import { guestLinks } from "./migrations/0002-guest-links";
import { lease } from "./migrations/0003-lease";
import { accessTables } from "./migrations/0004-access";
import { acknowledgementTable } from "./migrations/0005-acknowledgement";
import { approverColumns } from "./migrations/0006-approvers";
import { messageRuns } from "./migrations/0007-message-runs";
import { fieldTerms } from "./migrations/0008-field-terms";
import { peopleAndScreens } from "./migrations/0009-people-and-screens";
import { trafficTables } from "./migrations/0010-traffic";
import { fieldUse } from "./migrations/0011-field-use";
import { serviceTokens } from "./migrations/0014-service-tokens";
import { notifications } from "./migrations/0013-notifications";
import { fleetEvents } from "./migrations/0016-fleet-events";
import { earlyPolls } from "./migrations/0015-early-polls";
import type { Database } from "./schema";

/**
 * Every migration. The number decides the order. A released one is never edited; a later one amends it. SQLite may be
 * interrupted in the middle of a migration, so each step first checks whether it is already done.
 */
export const migrations: Record<string, Migration> = {
  "0001_first_tables": firstTables,
  "0002_guest_links": guestLinks,
  "0003_lease": lease,
  "0004_access": accessTables,
  "0005_acknowledgement": acknowledgementTable,
  "0006_approvers": approverColumns,
  "0007_message_runs": messageRuns,
  "0008_field_terms": fieldTerms,
  "0009_people_and_screens": peopleAndScreens,
  "0010_traffic": trafficTables,
  "0011_field_use": fieldUse,
  "0013_notifications": notifications,
  "0014_service_tokens": serviceTokens,
  "0015_early_polls": earlyPolls,
  "0016_fleet_events": fleetEvents,
};

/** The migrations that this build understands. */
export const migrationNames: readonly string[] = Object.keys(migrations);

/** A migration that begins: the how-manieth of those that an existing database still needs. */
export type MigrationStep = { name: string; position: number; total: number };

type OnStep = (step: MigrationStep) => void;

/** Brings the schema up to date; `onStep` hears of an existing database only. Throws when the database is newer than this build, or cannot be written. */
export async function migrate(db: Kysely<Database>, onStep?: OnStep): Promise<void> {
  const error = await runMigrations(db, onStep);
  if (error === undefined) return;
  const reason = toDatabaseReason(error);
  const problem = /previously executed migration .* is missing/.test(reason)
    ? "It was written by a newer Rollcall."
    : `${toStage(error)}: ${reason}`;
  throw new Error(problem, { cause: error });
}

function toStage(error: unknown): string {
  if (isUnreachable(error)) return "PostgreSQL cannot be reached";
  return isUnknownCertificate(error)
    ? "PostgreSQL cannot be reached securely"
    : "The schema could not be brought up to date";
}

/** What went wrong, or undefined. */
async function runMigrations(db: Kysely<Database>, onStep?: OnStep): Promise<unknown> {
  try {
    await numberRecordedMigrations(db);
    const steps = onStep === undefined ? migrations : await withSteps(db, onStep);
    const { error } = await new Migrator({ db, provider: toProvider(steps) }).migrateToLatest();
    return error;
  } catch (error) {
    return error;
  }
}

const toProvider = (known: Record<string, Migration>) => ({ getMigrations: () => Promise.resolve(known) });

/** The migrations, which say when they begin. */
async function withSteps(db: Kysely<Database>, onStep: OnStep): Promise<Record<string, Migration>> {
  const known = await new Migrator({ db, provider: toProvider(migrations) }).getMigrations();
  const missing = known.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  if (missing.length === known.length) return migrations;
  const total = missing.length;
  const steps = Object.entries(migrations).map(([name, migration]): [string, Migration] => [
    name,
    {
      ...migration,
      up: (transaction) => {
        onStep({ name, position: missing.indexOf(name) + 1, total });
        return migration.up(transaction);
      },
    },
  ]);
  return Object.fromEntries(steps);
}

/** The names of migrations before they were numbered, which older databases still record. */
const numberedNames: Readonly<Record<string, string>> = {
  "2026-11-23-first-tables": "0001_first_tables",
  "2026-11-23-guest-links": "0002_guest_links",
  "2026-11-23-lease": "0003_lease",
  "2026-11-24-access": "0004_access",
  "2026-11-24-acknowledgement": "0005_acknowledgement",
  "2026-11-26-approvers": "0006_approvers",
};

/** The numbered name of a migration that may have been recorded under its former name. */
export function toNumberedName(name: string): string {
  return numberedNames[name] ?? name;
}

/** Renames recorded migrations to their numbered names. Running it again changes nothing. */
async function numberRecordedMigrations(db: Kysely<Database>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === recorded)) return;
  const names = db.withTables<{ [recorded]: { name: string; timestamp: string } }>();
  for (const [former, name] of Object.entries(numberedNames)) {
    await names.updateTable(recorded).set({ name }).where("name", "=", former).execute();
  }
}

/** Where Kysely's migrator records what it ran. */
const recorded = "kysely_migration";
