import { expect, test } from "vitest";

import { commandLine } from "./command-line";

test.each([
  ["/app/rollcall.mjs", "node /app/rollcall.mjs password admin"],
  ["/opt/rollcall/rollcall.mjs", "node /opt/rollcall/rollcall.mjs password admin"],
  ["/home/ada/rollcall/scripts/rollcall.mjs", "npm run -s rollcall password admin"],
  ["/home/ada/rollcall/.next/standalone/server.js", "npm run -s rollcall password admin"],
  ["", "npm run -s rollcall password admin"],
])("run by %j, a command is %s", (program, expected) => {
  expect(commandLine("password admin", program)).toBe(expected);
});
