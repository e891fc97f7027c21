import type { JsonObject } from "../json";
import { seededUuid } from "../random";
import type { Scenario, ScenarioContext } from "../scenario";
import { raw, secondsAgo, SOLO, soloStage } from "../scenario";

const MARKUP =
  '<script>window.__owned = true</script><img src=x onerror="window.__owned = true">' +
  "</textarea></script><svg/onload=window.__owned=true> {{7*7}} ${7*7} javascript:alert(1) &lt;b&gt;";
const CONTROL =
  "nul[\u0000] bell[\u0007] backspace[\b] escape[\u001b] delete[\u007f] c1[\u0085] return[\r]over newline[\n]tab[\t]";
const ANSI =
  "\u001b[2J\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007";
const BIDI = "\u202egnp.exe\u202c \u2066isolate\u2069 \u200bzero\u200dwidth\ufeff \u2028line\u2029paragraph";
const SURROGATES =
  "lone \ud83d high, lone \ude00 low, pair \ud83d\ude00, combining Z\u0351\u036b\u0343\u036a";
const LOG_LINE = 'first\r\n{"level":"error","msg":"forged"}\r\nSet-Cookie: forged=1';
const FORMULA = '=HYPERLINK("http://evil.example","click"),"quoted", @SUM(1)';

const TEXTS: readonly (readonly [string, string])[] = [
  ["markup", MARKUP],
  ["control characters", CONTROL],
  ["ansi escapes", ANSI],
  ["bidi overrides", BIDI],
  ["surrogates", SURROGATES],
  ["log and header injection", LOG_LINE],
  ["spreadsheet formula", FORMULA],
  ["very long, no space", "x".repeat(100_000)],
  ["very long, many lines", "a line of an endless message\n".repeat(2000)],
];

export const hostileText: Scenario = {
  name: "hostile-text",
  about:
    "Error messages, aliases, model names and status words with markup, control characters, bidi, great length.",
  build: (context) =>
    soloStage(
      context,
      TEXTS.map((text, index) => raw(hostile(context, text, index + 1))),
    ),
};

function hostile(
  context: ScenarioContext,
  [label, text]: readonly [string, string],
  version: number,
): JsonObject {
  return {
    id: seededUuid(`${context.seed}/hostile-text/${label}`),
    model: `orgs/${SOLO.org}/models/${text.slice(0, 300)}/versions/${version}`,
    version_alias: text,
    created: secondsAgo(context, version * 60_000),
    // One deployment's status word is hostile too; the others end in error so that their message is shown.
    rollout_status: version === 1 ? MARKUP : "error",
    updated_replicas: version,
    total_replicas: 12,
    max_unavailable: 2,
    error_message: `${label}: ${text}`,
  };
}
