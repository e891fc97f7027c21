import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseMetrics } from "./metrics";
import { parsePrometheusText } from "./prometheus-text";

const parse = (text: string) => parseMetrics(Buffer.from(text));
const labels = 'endpoint="acme-qwen",organization_id="org_1"';

describe("the text format", () => {
  it.each([
    ["a", "a 1", { value: 1 }],
    ["a timestamp", "a 1.5e3 1395066363000", { value: 1500 }],
    ["spaces", 'a { b = "c" , } +Inf', { value: Infinity }],
    ["a negative number", "a -0.5", { value: -0.5 }],
    ["nothing in braces", "a{} NaN", { value: NaN }],
  ])("reads %s", (_, text, sample) => {
    expect(parsePrometheusText(text)).toMatchObject([{ name: "a", ...sample }]);
  });

  it("reads escaped label values, comments and Windows line ends", () => {
    const text = '# HELP a b\r\n# TYPE a gauge\r\n\r\na{b="C:\\\\D\\"E\\nF, }"} 3\r\n';
    expect(parsePrometheusText(text)?.[0]?.labels.get("b")).toBe('C:\\D"E\nF, }');
  });

  it.each(["<!doctype html>", "{}", "a", "a b", 'a{b="c} 1', "a{b=c} 1", "1a 2", 'a{b="c"} 1 x', "a 0x10"])(
    "rejects %s",
    (text) => {
      expect(parsePrometheusText(`good 1\n${text}`)).toBeNull();
    },
  );

  it("reads back every label value and number", () => {
    const written = fc.record({ text: fc.string({ unit: "binary" }), value: fc.double({ noNaN: true }) });
    fc.assert(
      fc.property(written, ({ text, value }) => {
        const escaped = text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
        fc.pre(!/[\r\u2028\u2029]/.test(text));
        const sample = parsePrometheusText(`a{b="${escaped}"} ${String(value)}`)?.[0];
        expect(sample?.labels.get("b")).toBe(text);
        expect(sample?.value).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });

  it("takes time in proportion to the length of a line", () => {
    const line = `a{${'b="c",'.repeat(20_000)}`;
    const begun = performance.now();
    expect(parsePrometheusText(line)).toBeNull();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe("the metrics of an organization", () => {
  it("reads a minute of each endpoint, in milliseconds", () => {
    const text = [
      `requests_count_total{${labels}} 1840`,
      `requests_failure_total{${labels}} 4`,
      `ttft_seconds{${labels},percentile="p50"} 0.28`,
      `ttft_seconds{${labels},percentile="p95"} 0.62`,
      `queue_time_seconds{${labels},statistic="p50"} 0.012`,
      `queue_time_seconds{${labels},statistic="p95"} 0.05`,
      'requests_count_total{endpoint="acme-other",organization_id="org_1"} 1',
    ].join("\n");
    const minutes = parse(text);
    expect([...minutes.keys()]).toEqual(["acme-qwen", "acme-other"]);
    expect(minutes.get("acme-qwen")).toEqual({
      requests: 1840,
      failures: 4,
      firstTokenP50: 280,
      firstTokenP95: 620,
      queueP50: 12,
      queueP95: 50,
    });
  });

  it.each(["p95", "P95", "95", "0.95", "95th"])("reads the percentile %s", (text) => {
    for (const label of ["percentile", "statistic"])
      expect(parse(`ttft_seconds{${labels},${label}="${text}"} 1`).get("acme-qwen")).toMatchObject({
        firstTokenP50: null,
        firstTokenP95: 1_000,
      });
  });

  it("takes what is missing from the other two counts, and reports nothing else", () => {
    const success = `requests_success_total{${labels}} 90`;
    expect(parse(success).get("acme-qwen")).toMatchObject({ requests: null, failures: null });
    expect(parse(`${success}\nrequests_failure_total{${labels}} 10`).get("acme-qwen")).toMatchObject({
      requests: 100,
      failures: 10,
    });
    expect(parse(`${success}\nrequests_count_total{${labels}} 95`).get("acme-qwen")).toMatchObject({
      failures: 5,
    });
  });

  it.each(["NaN", "-1", "+Inf"])("reports nothing for a count of %s", (value) => {
    expect(parse(`requests_count_total{${labels}} ${value}`).get("acme-qwen")).toMatchObject({
      requests: null,
    });
  });

  it("says that anything else cannot be read", () => {
    expect(() => parse("<html>")).toThrow(expect.objectContaining({ code: "unreadable_reply" }));
    expect(parse("").size).toBe(0);
  });
});
