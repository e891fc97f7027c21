import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import { migrate } from "../../db/migrate";
import { openDatabase } from "../../db/open-database";
import { backUp } from "../back-up";
import { importHistory } from "../import-history";
import type { OnProgress } from "../progress";
import { restore } from "../restore";

/** A command whose process ends without any clean-up in the middle of its work. Words: command, database, file. */
const [command = "", database = "", file = ""] = process.argv.slice(2);

const endInTheMiddle: OnProgress = (done) => {
  if (done > 0) process.kill(process.pid, "SIGKILL");
};

async function importFile(): Promise<void> {
  const db = openDatabase({ engine: "sqlite", file: database });
  await migrate(db);
  await importHistory(db, createInterface({ input: createReadStream(file) }), endInTheMiddle);
}

const commands: Record<string, () => Promise<unknown>> = {
  backup: () => backUp(database, file, endInTheMiddle),
  restore: () => restore(database, file, new Date(), endInTheMiddle),
  import: importFile,
};
await commands[command]?.();
