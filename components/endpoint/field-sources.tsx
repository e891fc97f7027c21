import type { RawReplyView } from "@/lib/contract/raw-reply";
import { fieldName, fieldSettings, guessMissingFields } from "@/lib/presentation/field-words";

import { CopyButton } from "../ui/copy-button";
import { Verbatim } from "../ui/verbatim";

type FieldUseView = NonNullable<RawReplyView["fieldUse"]>;

/** Under which name the reply has each field of its deployments. */
export function FieldSources({ sources }: Pick<FieldUseView, "sources">) {
  return (
    <dl
      aria-label="Where each field comes from"
      className="mt-4 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1 text-caption"
    >
      {sources.map(({ field, spellings, isNull, ignored }) => (
        <div key={field} className="contents">
          <dt className="text-quiet">{fieldName(field)}</dt>
          <dd className="break-words">
            {spellings.length === 0 ? (
              <span className="text-quiet">{isNull ? "null in the reply" : "not reported"}</span>
            ) : (
              <NameList names={spellings} />
            )}
            {ignored.length > 0 && (
              <span>
                {"; "}
                <NameList names={ignored} />
                {ignored.length === 1
                  ? " has another value and isn’t used"
                  : " have other values and aren’t used"}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The settings that would make Rollcall read what the reply lacks under the names that it knows. */
export function FieldSettings({ fieldUse }: { fieldUse: FieldUseView }) {
  const guesses = guessMissingFields(fieldUse);
  if (guesses.length === 0) return null;
  const { file, environment } = fieldSettings(guesses);
  return (
    <div className="mt-4">
      <p className="max-w-[65ch] text-pretty">
        {guesses.map(({ field, spelling }, index) => (
          <span key={field}>
            {index === 0 ? "" : index === guesses.length - 1 ? " and " : ", "}
            <NameList names={[spelling]} />
            {` could be ${fieldName(field).toLowerCase()}`}
          </span>
        ))}
        . Rollcall guesses that from the names and doesn’t read them. If it is right, add this to its
        settings:
      </p>
      <Setting text={file} where="In the settings file" what="the lines for the settings file" />
      <Setting text={environment} where="Or in the environment" what="the environment variable" />
    </div>
  );
}

function Setting({ text, where, what }: { text: string; where: string; what: string }) {
  return (
    <div className="mt-3">
      <div className="flex flex-wrap items-baseline gap-x-4 text-caption text-quiet">
        <span>{where}</span>
        <CopyButton text={text} what={what} />
      </div>
      <pre
        tabIndex={0}
        aria-label={`Setting: ${where.toLowerCase()}`}
        className="mt-1 overflow-x-auto border border-line bg-sunken px-4 py-3 font-mono text-caption"
      >
        {text}
      </pre>
    </div>
  );
}

/** Names as the reply spells them. */
export function NameList({ names }: { names: readonly string[] }) {
  return names.map((name, index) => (
    <span key={name}>
      {index > 0 && ", "}
      <code className="font-mono text-caption">
        <Verbatim text={name} />
      </code>
    </span>
  ));
}
