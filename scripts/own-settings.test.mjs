import { expect, test } from "vitest";
import { addFile } from "./lib/own-settings.mjs";

test("a settings file adds what the environment lacks", () => {
  const env = { PORT: "4000" };
  expect(addFile(env, "PORT=3000\nCEREBRAS_ORG=acme\n# note\n")).toEqual([]);
  expect(env).toEqual({ PORT: "4000", CEREBRAS_ORG: "acme" });
});

test("a byte order mark is no part of the first name", () => {
  const env = {};
  addFile(env, "\uFEFFCEREBRAS_MANAGEMENT_API_KEY=csk-1\r\nCEREBRAS_ORG=acme\r\n");
  expect(env).toEqual({ CEREBRAS_MANAGEMENT_API_KEY: "csk-1", CEREBRAS_ORG: "acme" });
});

test("a setting that Node has already read has no effect, with a warning", () => {
  const env = {};
  const [warning] = addFile(env, "NODE_EXTRA_CA_CERTS=/etc/ca.pem\n");
  expect(warning).toMatch(
    /^NODE_EXTRA_CA_CERTS in \.env has no effect.*NODE_EXTRA_CA_CERTS=\/etc\/ca\.pem npm start$/,
  );
  expect(env).toEqual({});
  expect(addFile({ NODE_EXTRA_CA_CERTS: "/etc/ca.pem" }, "NODE_EXTRA_CA_CERTS=/etc/ca.pem\n")).toEqual([]);
});
