import { once } from "node:events";
import { readFileSync } from "node:fs";

import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { notification } from "@/lib/server/db/testing/notifications";

import { startSending } from "../testing/sending";

const pem = readFileSync(new URL("../../upstream/testing/self-signed.pem", import.meta.url));

type Mail = { to: string[]; text: string };

/** A real SMTP server on loopback. `refuse` names the answer to the nth mail; null: it is accepted. */
async function startMailServer(
  refuse: (nth: number) => number | null = () => null,
  options: SMTPServerOptions = {},
) {
  const mails: Mail[] = [];
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    ...{ key: pem, cert: pem },
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, callback) =>
      password === "pass word%"
        ? callback(null, { user: username })
        : callback(new Error("Invalid credentials")),
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        count += 1;
        const code = refuse(count);
        if (code !== null) {
          callback(Object.assign(new Error("no"), { responseCode: code }));
          return;
        }
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, text: Buffer.concat(chunks).toString("utf8") });
        callback();
      });
    },
    ...options,
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  // A client that gives up is no fault of the server.
  server.on("error", () => undefined);
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  );
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port.");
  return { mails, count: () => count, host: `127.0.0.1:${address.port}` };
}

function mailTo(address: string) {
  const [from, to] = ["Rollcall <rollcall@example.com>", ["team@example.com", "oncall@example.com"]];
  return [{ name: "team", type: "mail" as const, url: new URL(address), from, to }];
}

const header = (mail: Mail | undefined, name: string): string | undefined =>
  new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, "im").exec(mail?.text ?? "")?.[1]?.replaceAll(/\r\n\s+/g, " ");
const patience = { timeout: 10_000 };

describe("mail", () => {
  it("arrives with everything that a message says, one thread for each rollout", async () => {
    const { mails, host } = await startMailServer();
    const { write } = await startSending(mailTo(`smtp://team:pass%20word%25@${host}`));
    await write([notification("started", { at: 1_000 }), notification("failed", { at: 2_000 })]);
    await vi.waitFor(() => expect(mails).toHaveLength(2), patience);
    const [started, failed] = mails;
    expect(failed?.to).toEqual(["team@example.com", "oncall@example.com"]);
    expect(header(failed, "From")).toBe("Rollcall <rollcall@example.com>");
    expect(header(failed, "Auto-Submitted")).toBe("auto-generated");
    expect(header(failed, "References")).toBe(header(started, "References"));
    expect(header(failed, "Message-ID")).not.toBe(header(started, "Message-ID"));
    const content = Buffer.from(failed?.text.split("\r\n\r\n").slice(1).join("") ?? "", "base64").toString(
      "utf8",
    );
    for (const part of [
      "acme-one: v7 → v8 failed after 8 min",
      "Replicas: 7 of 12 updated",
      "    CUDA out of memory\n    worker 3",
      "https://rollcall.example.com/endpoints/acme-one/rollouts/d8",
    ])
      expect(content).toContain(part);
  });

  it("that is refused for now is sent again with the same id", async () => {
    const ids: (string | undefined)[] = [];
    const { mails, host } = await startMailServer((nth) => (nth === 1 ? 451 : null));
    const { write, lines } = await startSending(mailTo(`smtp://${host}`));
    await write([notification("failed")]);
    await vi.waitFor(() => expect(mails).toHaveLength(1), patience);
    ids.push(header(mails[0], "Message-ID"));
    await write([notification("failed", { deploymentId: "d9" })]);
    await vi.waitFor(() => expect(mails).toHaveLength(2), patience);
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/);
    expect(header(mails[1], "Message-ID")).not.toBe(ids[0]);
    expect(lines.join("")).toContain("refuses the message (451)");
  });

  it("that is refused for good is sent once", async () => {
    const { count, host } = await startMailServer(() => 554);
    const { write, states } = await startSending(mailTo(`smtp://${host}`));
    await write([notification("failed")]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team failed"]), patience);
    expect(count()).toBe(1);
  });

  it("waits while the password is refused, and no log shows it", async () => {
    const { host } = await startMailServer();
    const { write, deliveries, lines } = await startSending(mailTo(`smtp://team:wrong-password@${host}`));
    await write([notification("failed")]);
    await vi.waitFor(async () => {
      const [delivery] = await deliveries.list({ limit: 1 });
      expect(delivery?.error).toContain("refuses the user name or the password");
      expect(delivery?.state).toBe("waiting");
    }, patience);
    expect(lines.join("")).not.toContain("wrong-password");
  });

  it("is not sent to a server whose certificate is not trusted", async () => {
    const { mails, host } = await startMailServer(() => null, { secure: true });
    const { write, deliveries } = await startSending(mailTo(`smtps://${host}`));
    await write([notification("failed")]);
    await vi.waitFor(async () => {
      const [delivery] = await deliveries.list({ limit: 1 });
      expect(delivery?.error).toMatch(/cannot be reached/);
    }, patience);
    expect(mails).toEqual([]);
  });

  it("a server that does not answer does not delay the stop", async () => {
    const { host } = await startMailServer(() => null, {
      // Never answers the greeting.
      onConnect: () => undefined,
    });
    const { write, deliveries, sender } = await startSending(mailTo(`smtp://${host}`));
    await write([notification("failed")]);
    await vi.waitFor(async () => {
      const [delivery] = await deliveries.list({ limit: 1 });
      expect(delivery?.attempts).toBe(1);
    }, patience);
    const begun = performance.now();
    await sender.stop();
    expect(performance.now() - begun).toBeLessThan(2_500);
  });
});
