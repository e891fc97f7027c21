import "server-only";

import { resolve } from "node:path";

import { Argument, Command, CommanderError, Option } from "commander";

import { tokenLifetimes } from "@/lib/contract/service-token";
import { roles } from "@/lib/domain/role";
import { commandLine } from "@/lib/server/config/command-line";

import {
  runAccountAdd,
  runAccountList,
  runAccountRemove,
  runAccountReset,
  runAccountRole,
  runBackup,
  runExport,
  runImport,
  runPassword,
  runRestore,
  runTokenAdd,
  runTokenList,
  runTokenRevoke,
} from "./commands";

const footer = `
Every command reads its settings from the environment and from .env in Rollcall's folder, like the server.
docs/settings.md describes them. Here a command is called with ${commandLine("COMMAND")}.`;

/** The directory the command was called from: relative paths start there. */
type Place = { directory: string };

/** The `rollcall` command line. Parsing rejects with a CommanderError for wrong usage. */
export function createProgram({ directory }: Place): Command {
  const path = (file: string) => resolve(directory, file);
  const program = new Command("rollcall")
    .description("Rollcall watches model rollouts on Cerebras dedicated endpoints.")
    .usage("COMMAND")
    .helpCommand("help [COMMAND]", "explain a command")
    .helpOption("-h, --help", "print this help")
    // Answered by scripts/rollcall.mjs, before anything is installed: only its help is here.
    .option("-V, --version", "print the version and the build")
    .addHelpText("after", footer)
    .exitOverride()
    .showHelpAfterError();

  // Run by scripts/rollcall.mjs, before anything is installed: only their help is here.
  program.command("start").description("start the server; installs and builds first if needed");
  program.command("demo").description("start a simulated upstream and a server that watches it");
  program
    .command("wait")
    .description("wait for a rollout in a pipeline, and say with the exit code how it ended");
  program
    .command("doctor")
    .description("check settings, key, organization, replies, clock and database")
    .option("--json", "print the checks as JSON");

  program
    .command("backup")
    .description("copy the database to a new file; works while the server runs")
    .argument("<FILE>", "the new file", path)
    .action(runBackup);
  program
    .command("restore")
    .description("replace the database with a backup; stop the server first; the previous database is kept")
    .argument("<FILE>", "a file made by backup", path)
    .action(runRestore);
  program
    .command("export")
    .description("write all history to standard output as JSON lines; works while the server runs")
    .action(runExport);
  program
    .command("import")
    .description("add history from standard input; stop the server first; importing twice changes nothing")
    .option("--new", "create the database if there is none")
    .action(({ new: isNew = false }: { new?: boolean }) => runImport({ isNew }));
  program
    .command("password")
    .description("give an account a one-time password; creates the account if it does not exist")
    .argument("<NAME>", "the account")
    .argument("[ROLE]", "viewer or administrator; an existing account keeps its role by default")
    .argument("[ORG,ORG]", "organizations to limit the account to")
    .action((_name, _role, _orgs, _options, command: Command) => runPassword(command.args));
  addAccountCommands(program);
  addTokenCommands(program);
  return program;
}

function addAccountCommands(program: Command): void {
  const account = program
    .command("account")
    .description("list, add, change or remove accounts with a password");
  const orgs = () => new Option("--orgs <ORG,ORG>", "organizations to limit a viewer to");
  account.command("list").description("print every account and its access").action(runAccountList);
  account
    .command("add")
    .description("add an account and print its one-time password, once")
    .argument("<NAME>", "the account")
    .addOption(new Option("--role <ROLE>", "what it may do").choices([...roles]).default("viewer"))
    .addOption(orgs())
    .action(runAccountAdd);
  account
    .command("role")
    .description("change what an account may do, from its next request on")
    .argument("<NAME>", "the account")
    .addArgument(new Argument("<ROLE>", "what it may do").choices([...roles]))
    .addOption(orgs())
    .action(runAccountRole);
  account
    .command("reset")
    .description("end an account's sessions and print a new one-time password, once")
    .argument("<NAME>", "the account")
    .action(runAccountReset);
  account
    .command("remove")
    .description("remove an account with its sessions, the screens it approved and its guest links")
    .argument("<NAME>", "the account")
    .action(runAccountRemove);
}

function addTokenCommands(program: Command): void {
  const token = program.command("token").description("make, list or revoke the tokens of programs");
  token
    .command("add")
    .description("make a service token and print its value, once")
    .argument("<NAME>", "which program uses it")
    .option("--scope <SCOPES>", "read (the API), metrics, badge, or several: read,metrics", "read")
    .option("--orgs <ORG,ORG>", "organizations to limit it to; not with metrics")
    .addOption(
      new Option("--lifetime <LIFETIME>", "how long it works")
        .choices(Object.keys(tokenLifetimes))
        .default("quarter"),
    )
    .action(runTokenAdd);
  token.command("list").description("print every token, its last use and its expiry").action(runTokenList);
  token
    .command("revoke")
    .description("end a token: its next requests fail")
    .argument("<NAME>", "the token")
    .action(runTokenRevoke);
}

/** The exit code for an error: 0 after help, 2 after wrong usage, 1 otherwise. */
export function toExitCode(error: unknown): 0 | 1 | 2 {
  if (!(error instanceof CommanderError)) return 1;
  return error.exitCode === 0 ? 0 : 2;
}
