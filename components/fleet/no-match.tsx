import { TextButton } from "../ui/text-button";

/** Endpoints there are, but none as chosen; and the way out. */
export function NoMatch({ count, showAll }: { count: number; showAll: () => void }) {
  return (
    <div className="border-y border-line py-10">
      <p className="text-lead">No endpoint matches this search and these filters.</p>
      <p className="mt-2">
        <TextButton onClick={showAll}>
          {count === 1 ? "Show the one there is" : `Show all ${count}`}
        </TextButton>
      </p>
    </div>
  );
}
