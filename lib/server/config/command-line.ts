import "server-only";

/**
 * How a person calls the command line of this server: the program of an assembled tree, or npm in a checkout. `program`:
 * the script that Node runs.
 */
export function commandLine(words: string, program = process.argv[1] ?? ""): string {
  const isAssembled = /(?<!\/scripts)\/rollcall\.mjs$/.test(program);
  return `${isAssembled ? `node ${program}` : "npm run -s rollcall"} ${words}`;
}
