import "server-only";

import { resolve } from "node:path";

import { Command, CommanderError } from "commander";

import {
  runAccountList,
  runAccountRemove,
  runBackup,
  runExport,
  runImport,
  runPassword,
  runRestore,
} from "./commands";

const footer = `
Every command reads the settings as the server does: from the environment and from .env in Rollcall's folder.
docs/settings.md describes the settings. In Rollcall's folder, npm run -s rollcall COMMAND does the same.`;

/** Where the command was called from: paths are meant from there. */
type Place = { directory: string };

/** Everything that `rollcall` does, with its help. Parsing rejects with a CommanderError for wrong usage. */
export function createProgram({ directory }: Place): Command {
  const path = (file: string) => resolve(directory, file);
  const program = new Command("rollcall")
    .description("Rollcall watches model rollouts on Cerebras dedicated endpoints.")
    .usage("COMMAND")
    .helpCommand("help [COMMAND]", "explain a command")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", footer)
    .exitOverride()
    .showHelpAfterError();

  // These run before anything is installed (scripts/rollcall.mjs): here is their help alone.
  program.command("start").description("start the server; installs and builds first if it has to");
  program.command("demo").description("start a simulated upstream and a server that watches it");
  program
    .command("doctor")
    .description("check settings, key, organization, replies, clock and database")
    .option("--json", "print the checks as JSON");

  program
    .command("backup")
    .description("copy the database to a new file, also beside a running server")
    .argument("<FILE>", "the new file", path)
    .action(runBackup);
  program
    .command("restore")
    .description("replace the database with a backup, while no server runs; the former one is kept")
    .argument("<FILE>", "a file that backup has made", path)
    .action(runRestore);
  program
    .command("export")
    .description("write all history to standard output as JSON lines, also beside a running server")
    .action(runExport);
  program
    .command("import")
    .description("add history from standard input, while no server runs; twice changes nothing")
    .option("--new", "create the database if there is none")
    .action(({ new: isNew = false }: { new?: boolean }) => runImport({ isNew }));
  program
    .command("password")
    .description(
      "give an account a password that is good for one sign-in; creates the account if there is none",
    )
    .argument("<NAME>", "the account")
    .argument("[ROLE]", "viewer or administrator; an account that exists keeps its own")
    .argument("[ORG,ORG]", "organizations that the account is limited to")
    .action((_name, _role, _orgs, _options, command: Command) => runPassword(command.args));
  const account = program.command("account").description("list or remove accounts with a password");
  account.command("list").description("print every account and what it may see").action(runAccountList);
  account
    .command("remove")
    .description("remove an account with its sessions, the screens it approved and its guest links")
    .argument("<NAME>", "the account")
    .action(runAccountRemove);
  return program;
}

/** The exit code for what a command threw: 0 after help, 2 after wrong usage, 1 after anything else. */
export function toExitCode(error: unknown): 0 | 1 | 2 {
  if (!(error instanceof CommanderError)) return 1;
  return error.exitCode === 0 ? 0 : 2;
}
