import "server-only";

import { createHash } from "node:crypto";

import { createTransport, type SendMailOptions } from "nodemailer";

import { second } from "@/lib/domain/instant";
import { threadOf } from "@/lib/domain/notable-event";
import { toNotificationText } from "@/lib/presentation/notification";
import { utcText } from "@/lib/presentation/utc-text";
import type { ChannelSettings } from "@/lib/server/config/channels";
import { findProxy, isLoopbackHost, type OutboundProxy } from "@/lib/server/config/network";
import { toProxyFailure } from "@/lib/server/proxy-failure";

import { DeliveryFailure, type Channel, type Outgoing } from "../channel";

const timeout = 10 * second;

/**
 * Mail over SMTP, one thread for each rollout. A message that is sent again has the same Message-ID, so that
 * mail programs know it. `signal` ends an attempt early.
 */
export function openMail(
  settings: ChannelSettings & { type: "mail" },
  proxy: OutboundProxy | null,
  signal?: AbortSignal,
): Channel {
  const { name, type, url, from, to } = settings;
  const toMessage = (outgoing: Outgoing) => toMail(outgoing, { from, to });
  const way = findWay(url, proxy);
  return {
    ...{ name, type, place: `${to.join(", ")} through ${url.host}`, atOnce: 1, toMessage },
    wants: (kind) => kind !== "moving_again" && kind !== "acknowledged",
    deliver: async (outgoing) => {
      const transport = openTransport(url, way);
      try {
        await transport.sendMail({ ...toMessage(outgoing), signal });
      } catch (error) {
        throw toFailure(url, error, way !== null);
      } finally {
        transport.close();
      }
      return null;
    },
  };
}

const portOf = ({ protocol, port }: URL) => Number(port || (protocol === "smtps:" ? 465 : 587));

/** The proxy for a mail server; null: connect directly. */
function findWay(url: URL, proxy: OutboundProxy | null): URL | null {
  return findProxy(new URL(`https://${url.hostname}:${portOf(url)}`), proxy);
}

/** Plain SMTP must begin TLS before it sends anything, unless it stays on this machine. */
function openTransport(url: URL, way: URL | null) {
  const { protocol, hostname, username, password } = url;
  const isSecure = protocol === "smtps:";
  const isLocal = isLoopbackHost(hostname);
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: portOf(url),
    secure: isSecure,
    requireTLS: !isSecure && !isLocal,
    // A mail server on this machine rarely has a certificate for its loopback address.
    ignoreTLS: !isSecure && isLocal,
    ...(username === ""
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    ...(way === null ? {} : { proxy: way.href }),
    ...{ connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

function toMail(
  { id, event, link, muteLink }: Outgoing,
  { from, to }: { from: string; to: readonly string[] },
) {
  const { headline, detail, facts, error, at } = toNotificationText(event);
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(/>$/, "");
  const toId = (text: string) =>
    `<${createHash("sha256").update(text).digest("hex").slice(0, 32)}@${domain}>`;
  const paragraphs = [
    detail === null ? `${headline}.` : `${headline}. ${detail}`,
    [...facts.map(({ name, value }) => `${name}: ${value}`), `At: ${utcText(at, "second")}`].join("\n"),
    ...(error === null ? [] : [`The error begins:\n\n${error.replaceAll(/^/gm, "    ")}`]),
    link,
    ...(muteLink === null ? [] : [`Mute this endpoint for a while: ${muteLink}`]),
  ];
  const thread = toId(threadOf(event));
  return {
    ...{ from, to: [...to], subject: headline, text: `${paragraphs.join("\n\n")}\n` },
    ...{ messageId: toId(id), inReplyTo: thread, references: thread },
    headers: { "Auto-Submitted": "auto-generated" },
    textEncoding: "base64",
  } satisfies SendMailOptions;
}

/** Errors of the server quote addresses and names, so only their codes are used. */
function toFailure({ host }: URL, error: unknown, isThroughProxy: boolean): DeliveryFailure {
  const atProxy = isThroughProxy ? toProxyFailure(error) : null;
  if (atProxy !== null) return new DeliveryFailure(`${host} cannot be reached. ${atProxy.message}`);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const answer = error instanceof Error && "responseCode" in error ? Number(error.responseCode) : null;
  switch (code) {
    case "EAUTH":
      return new DeliveryFailure(`${host} refuses the user name or the password.`);
    case "EENVELOPE":
    case "EMESSAGE":
      return new DeliveryFailure(`${host} refuses the message${answer === null ? "" : ` (${answer})`}.`, {
        // 4xx pass, 5xx do not (RFC 5321, 4.2.1).
        isPassing: answer === null || answer < 500,
      });
    case "ETIMEDOUT":
      return new DeliveryFailure(`${host} did not answer within ${timeout / second} s.`);
    case "ETLS":
      return new DeliveryFailure(`${host} cannot be reached over TLS. Its certificate or STARTTLS fails.`);
    default:
      return new DeliveryFailure(`${host} cannot be reached${code === "" ? "" : ` (${code})`}.`);
  }
}
