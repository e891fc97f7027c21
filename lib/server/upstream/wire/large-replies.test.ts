import { describe, expect, it } from "vitest";

import { parseEndpoint, parseListing, readReply } from "./reply";

const mebibyte = 1024 * 1024;
/** Milliseconds, far more than it takes: a quadratic algorithm takes minutes. */
const within = 10_000;

/** A reply of the largest size, filled with these items. */
function fill(start: string, item: (index: number) => string, end: string): Buffer {
  const items: string[] = [];
  for (let size = start.length + end.length, index = 0; ; index += 1) {
    const text = item(index);
    size += text.length + 1;
    if (size > mebibyte) break;
    items.push(text);
  }
  return Buffer.from(start + items.join(",") + end);
}

describe("a reply of the largest size", () => {
  it.each<[string, Buffer]>([
    ["deployments", fill(`{"deployed_models":[`, (index) => `{"id":${index}}`, "]}")],
    ["twins", fill(`{"deployed_models":[`, () => `{"id":1}`, "]}")],
    ["what is no deployment", fill(`{"deployed_models":[`, () => "0", "]}")],
    ["unread fields", fill(`{"name":"a",`, (index) => `"f${index}":0`, "}")],
    ["unread fields in one row", fill(`{"deployed_models":[{"id":1,`, (index) => `"f${index}":0`, "}]}")],
    ["depth", Buffer.from(`{"name":"a","x":${"[".repeat(500_000)}${"]".repeat(500_000)}}`)],
    [
      "deep errors",
      fill(
        `{"deployed_models":[`,
        (index) => `{"id":${index},"error":${"[".repeat(5_000)}${"]".repeat(5_000)}}`,
        "]}",
      ),
    ],
    ["slashes", Buffer.from(`{"deployed_models":[{"id":1,"model":"${"/versions/".repeat(100_000)}"}]}`)],
    ["blanks", Buffer.from(`{"deployed_models":[{"id":1,"updated_replicas":"${" ".repeat(1_000_000)}x"}]}`)],
  ])("full of %s is read in linear time", (_, bytes) => {
    const startedAt = performance.now();
    const { report, raw } = readReply(bytes, (json) => parseEndpoint(json, "a", 0));
    expect(performance.now() - startedAt).toBeLessThan(within);
    expect(raw.isShortened).toBe(true);
    expect(raw.unreadFields.length).toBeLessThanOrEqual(200);
    expect(report.warnings.length).toBeLessThan(25);
  });

  it("full of endpoints is read in linear time", () => {
    const startedAt = performance.now();
    const bytes = fill(`{"endpoints":[`, (index) => `{"id":"e${index}"}`, "]}");
    const { report } = readReply(bytes, parseListing);
    expect(report.length).toBeGreaterThan(50_000);
    expect(performance.now() - startedAt).toBeLessThan(within);
  });
});
