import { expect, test } from "vitest";

import { indentJson } from "./indent-json";

test("values keep their characters", () => {
  const text = '{"a":1.0,"b":[1e400, "x\\u0041,{}\\"" ],"a":{},"c":[]}';
  expect(indentJson(text)).toBe(
    [
      "{",
      '  "a": 1.0,',
      '  "b": [',
      "    1e400,",
      '    "x\\u0041,{}\\""',
      "  ],",
      '  "a": {},',
      '  "c": []',
      "}",
    ].join("\n"),
  );
});

test.each(["<html>no</html>", '{"cut":"off', "", "plain"])("%j is left as it is", (text) => {
  expect(indentJson(text)).toBe(text);
});

test("JSON that is indented already stays the same", () => {
  const once = indentJson('{"a":[{"b":null},true]}');
  expect(indentJson(once)).toBe(once);
});
