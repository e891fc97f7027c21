import type { Rollcall } from "../e2e/support/rollcall";

import { currentRollout } from "./support/current-rollout";
import { countObservations } from "./support/history-file";
import { until } from "./support/pause";
import { rawGet } from "./support/raw-request";
import { onStage, type Stage } from "./support/stage";
import type { Row } from "./support/table";

const endpointId = "acme-qwen-3-32b";
const messageLength = 16 * 1024;
const interval = 1_000;
/** The observation before the first message, and the first and newest message of the run. */
const mostRows = 4;
const mostPageBytes = 200_000;

/** A rollout with a new error message of 16 KiB in each reply, for 8 minutes. */
export async function measureGrowingMessages(isShort: boolean): Promise<Row[]> {
  const messages = (isShort ? 30_000 : 480_000) / interval;
  return onStage({ scenario: "stuck" }, async (stage) => {
    const { rollcall } = stage;
    const path = `/api/v1/endpoints/${endpointId}`;
    const { deploymentId } = await currentRollout(`${rollcall.url}${path}`);
    const before = countObservations(rollcall.directory);
    const asked = await sendMessages(stage, deploymentId, messages);
    const size = (what: string, address: string) => measureSize(rollcall, what, address);
    return [
      { what: "messages sent", figure: messages, unit: "" },
      { what: "replies in that time", figure: asked, unit: "" },
      { what: "rows of observation at the start", figure: before, unit: "" },
      {
        what: "rows of observation at the end",
        figure: countObservations(rollcall.directory),
        unit: "",
        limit: before + mostRows,
      },
      ...(await size("endpoint page", `/endpoints/${endpointId}`)).map((row) => ({
        ...row,
        limit: mostPageBytes,
      })),
      ...(await size("rollout in detail", `${path}/rollouts/${deploymentId}`)),
      ...(await size("poll of the endpoint", path)),
    ];
  });
}

/** Sends a new message each second, and returns how many replies Rollcall got in that time. */
async function sendMessages(
  { simulator, rollcall }: Stage,
  deploymentId: string,
  messages: number,
): Promise<number> {
  const countReplies = async () =>
    (await simulator.countRequests(`/management/v1/endpoints/${endpointId}`)).total;
  const before = await countReplies();
  const startedAt = performance.now();
  for (let nth = 1; nth <= messages; nth += 1) {
    await simulator.patchDeployment(endpointId, deploymentId, { error_message: toMessage(nth) });
    await until(() => performance.now() - startedAt >= nth * interval);
  }
  const newest = toMessage(messages).slice(0, 20);
  await until(async () => {
    const response = await fetch(`${rollcall.url}/api/v1/endpoints/${endpointId}`);
    return (await response.text()).includes(newest);
  });
  return (await countReplies()) - before;
}

/** Text of 16 KiB that no compression makes much smaller: no part of it repeats. */
function toMessage(nth: number): string {
  let message = `Message ${nth} of many: `;
  for (let word = nth * 10_000; message.length < messageLength; word += 1)
    message += `${Math.imul(word, 2_654_435_761).toString(36)} `;
  return message.slice(0, messageLength);
}

/** The size of a response in bytes: uncompressed, and with gzip. */
async function measureSize(rollcall: Rollcall, what: string, path: string): Promise<Row[]> {
  const plain = await fetch(`${rollcall.url}${path}`, { headers: { "accept-encoding": "identity" } });
  if (!plain.ok) throw new Error(`${path} returned ${plain.status}.`);
  const compressed = await rawGet(`${rollcall.url}${path}`, { "accept-encoding": "gzip" });
  return [
    { what: `${what}, uncompressed`, figure: (await plain.arrayBuffer()).byteLength, unit: "B" },
    { what: `${what}, gzip, headers included`, figure: compressed.byteLength, unit: "B" },
  ];
}
