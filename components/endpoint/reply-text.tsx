import type { RawReplyView } from "@/lib/contract/raw-reply";
import { indentJson } from "@/lib/presentation/indent-json";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";
import { FieldSettings, FieldSources, NameList } from "./field-sources";

/** A raw reply with every character visible, and the fields in it that Rollcall doesn't use. */
export function ReplyText({ reply }: { reply: RawReplyView }) {
  const { receivedAt } = reply;
  if (reply.body === null || receivedAt === null) {
    return <p className="mt-3 text-quiet">No reply has been stored yet.</p>;
  }
  const text = indentJson(reply.body);
  return (
    <div className="mt-3">
      <div className="flex flex-wrap gap-x-6 text-caption text-quiet">
        <span>
          Received <Moment at={receivedAt} form="exact" />
        </span>
        {reply.isShortened && <span>Truncated: only the beginning is stored</span>}
        <CopyButton text={text} what="the raw reply" />
      </div>
      {reply.isReadable ? (
        <>
          {reply.fieldUse !== undefined && <FieldSources sources={reply.fieldUse.sources} />}
          <UnreadFields fields={reply.unreadFields} />
          {reply.fieldUse !== undefined && <FieldSettings fieldUse={reply.fieldUse} />}
        </>
      ) : (
        <p className="mt-2 text-pretty">
          Rollcall couldn’t read this reply, so nothing on this page comes from it.
        </p>
      )}
      <pre
        tabIndex={0}
        aria-label="Raw reply"
        className="mt-3 max-h-[32rem] overflow-auto border border-line bg-sunken p-4 font-mono text-caption break-words whitespace-pre-wrap"
      >
        <Verbatim text={text} />
      </pre>
    </div>
  );
}

function UnreadFields({ fields }: { fields: readonly string[] }) {
  if (fields.length === 0) return <p className="mt-4">Rollcall uses every field in it.</p>;
  return (
    <p className="mt-4 break-words">
      Fields that Rollcall doesn’t use: <NameList names={fields} />
    </p>
  );
}
