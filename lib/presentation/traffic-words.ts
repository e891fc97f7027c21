import { second, type Duration } from "@/lib/domain/instant";
import type { FailureEffect, FirstTokenEffect } from "@/lib/domain/traffic-effect";

/** What may be concluded about a rollout's callers, as sentences. Nothing without clear evidence. */
export function trafficConclusions(effect: {
  failures: FailureEffect | null;
  slower: FirstTokenEffect | null;
}): string[] {
  return [
    ...(effect.failures === null ? [] : [failureSentence(effect.failures)]),
    ...(effect.slower === null ? [] : [slowerSentence(effect.slower)]),
  ];
}

function failureSentence({ kind, before, during, requests }: FailureEffect): string {
  const [former, own] = [shareText(before), shareText(during)];
  switch (kind) {
    case "rose":
      return `Failures rose from ${former} to ${own} of requests during this rollout.`;
    case "no_more":
      return `Callers saw no more failures than before: ${own} of ${requestsText(requests)}, ${former} before.`;
    case "about_same":
      return `Callers saw about as many failures as before: ${own} of ${requestsText(requests)}, ${former} before.`;
  }
}

function slowerSentence({ before, during }: FirstTokenEffect): string {
  return `First tokens came later: the slowest 5 % took ${waitText(during)} or more during this rollout, ${waitText(before)} before.`;
}

/** A share of 0 to 1 in percent, with one decimal. Failures are never rounded away: `< 0.1 %`. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  if (percent > 99.9 && percent < 100) return "> 99.9 %";
  return `${percent < 10 || percent > 99 ? trim(percent.toFixed(1)) : percent.toFixed(0)} %`;
}

/** A waiting time with two digits that say something: `12 ms`, `0.28 s`, `3.4 s`, `41 s`. */
export function waitText(wait: Duration): string {
  if (wait < 100) return `${wait < 1 ? trim(wait.toFixed(1)) : Math.round(wait)} ms`;
  const seconds = wait / second;
  return `${seconds < 0.995 ? seconds.toFixed(2) : seconds < 9.95 ? seconds.toFixed(1) : seconds.toFixed(0)} s`;
}

/** A number of requests with thousands separated. Exporters may report fractions. */
export function requestCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

function requestsText(count: number): string {
  return `${requestCount(count)} requests`;
}

function trim(text: string): string {
  return text.replace(/\.0$/, "");
}
