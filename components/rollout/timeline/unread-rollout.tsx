import { Message } from "../../site/message";

/** In the place of a rollout whose history the server cannot read; `home` is the page of its endpoint. */
export function UnreadRollout({ home, reason }: { home: string; reason: string | null }) {
  return (
    <Message
      title="History cannot be read · Rollcall"
      shape="nothing"
      name="Not read"
      sentence="The history of this rollout cannot be read right now."
      isAlone
    >
      <p>
        <span>{reason ?? "The database does not answer."}</span> This page shows the rollout once the database
        answers. Its{" "}
        <a href={home} className="underline decoration-line-strong underline-offset-4 hover:decoration-ink">
          endpoint
        </a>{" "}
        is shown live meanwhile.
      </p>
    </Message>
  );
}
