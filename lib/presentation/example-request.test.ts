import { expect, test } from "vitest";

import { exampleRequest } from "./example-request";

test("the example is a request with the endpoint's id as its model", () => {
  const request = exampleRequest("acme-qwen-3-32b");
  expect(request).toMatch(/^curl https:\/\/api\.cerebras\.ai\/v1\/chat\/completions \\\n/);
  const body: unknown = JSON.parse(/-d '(.*)'$/.exec(request)?.[1] ?? "");
  expect(body).toMatchObject({ model: "acme-qwen-3-32b" });
});
