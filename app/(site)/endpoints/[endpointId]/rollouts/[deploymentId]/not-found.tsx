import { Message } from "@/components/site/message";

export default function RolloutNotFound() {
  return (
    <Message
      title="No such rollout · Rollcall"
      shape="unknown"
      name="Not found"
      sentence="No rollout of this name was recorded here."
    >
      <p>
        The address may be misspelt or cut short, or what it names is older than the history that is kept. The
        endpoint’s own page lists every rollout that Rollcall knows.
      </p>
    </Message>
  );
}
