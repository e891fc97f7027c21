import "server-only";

import type { Check } from "@/lib/domain/check";

import type { LastReply, UpstreamFacts } from "./facts";

const name = "Replica fields";
const addField =
  "Usually Cerebras does not report it, and nothing is wrong here. If Last raw reply on the endpoint’s page has the value under another name, Rollcall cannot read it yet: that page offers the setting to copy (fields in the settings file, or ROLLCALL_FIELDS; docs/settings.md).";

/** Whether the replies have status and counts under names that Rollcall knows. The preview API's names vary. */
export function checkReplicaFields({ endpoints }: UpstreamFacts): Check {
  const replies = endpoints.flatMap(({ id, reply }) =>
    reply.answer === null ? [] : [{ id, ...reply.answer }],
  );
  const deployed = replies.filter(({ newest }) => newest !== null);
  if (deployed.length === 0) {
    const says = "No reply with a deployment yet, so its field names cannot be checked.";
    return { name, state: "unknown", says, remedy: "Wait for the first reply, or deploy a model version." };
  }
  const lacking = deployed.flatMap(({ id, newest }) => {
    const fields = missing(newest);
    return fields.length === 0 ? [] : [{ id, fields }];
  });
  const unread = toUnread(replies);
  const [first] = lacking;
  if (first === undefined) {
    return { name, state: "ok", says: `Status and counts are read from every reply.${unread}`, remedy: null };
  }
  const says = `Not reported for ${lacking.length} of ${deployed.length} endpoints: ${first.fields.join(", ")} (${first.id}).${unread}`;
  return { name, state: lacking.length === deployed.length ? "failing" : "warning", says, remedy: addField };
}

function missing(newest: LastReply["newest"]): string[] {
  if (newest === null) return [];
  return [
    ...(newest.reportedStatus === null ? ["status"] : []),
    ...(newest.updatedReplicas === null ? ["updated replicas"] : []),
    ...(newest.totalReplicas === null ? ["total replicas"] : []),
    ...(newest.maxUnavailable === null ? ["max unavailable"] : []),
  ];
}

const mostNamed = 8;

function toUnread(replies: readonly LastReply[]): string {
  const fields = [...new Set(replies.flatMap(({ unreadFields }) => unreadFields))].toSorted();
  if (fields.length === 0) return "";
  const named = fields.slice(0, mostNamed).join(", ");
  return ` Fields not read: ${named}${fields.length > mostNamed ? ` and ${fields.length - mostNamed} more` : ""}.`;
}
