import { Message } from "@/components/site/message";

export default function RolloutNotFound() {
  return (
    <Message
      title="Rollout not found · Rollcall"
      shape="unknown"
      name="Not found"
      sentence="Rollcall has no record of this rollout."
    >
      <p>
        The address may be misspelled or incomplete, or the rollout is older than the history that is kept.
        The endpoint’s page lists every recorded rollout.
      </p>
    </Message>
  );
}
