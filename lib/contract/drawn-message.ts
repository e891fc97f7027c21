import * as z from "zod/mini";

/** A piece of a message as its receiver shows it. */
type Run = { text: string; look: "plain" | "strong" | "link" | "quiet" | "code" };

/** A message as the program of a channel draws it: lines above it, paragraphs, and buttons below. */
export type DrawnMessage = {
  program: "Slack" | "Teams" | "Mail";
  head: readonly string[];
  paragraphs: readonly (readonly Run[])[];
  buttons: readonly string[];
};

const slackElement = z.object({
  type: z.string(),
  text: z.optional(z.string()),
  fallback: z.optional(z.string()),
  style: z.optional(z.object({ bold: z.optional(z.boolean()) })),
});
const slack = z.object({
  blocks: z.array(
    z.object({
      type: z.string(),
      elements: z.array(
        z.object({
          type: z.string(),
          text: z.optional(z.string()),
          elements: z.optional(z.array(slackElement)),
        }),
      ),
    }),
  ),
});

const teams = z.object({
  attachments: z.tuple([
    z.object({
      content: z.object({
        body: z.array(
          z.object({
            inlines: z.array(
              z.object({
                text: z.string(),
                weight: z.optional(z.string()),
                fontType: z.optional(z.string()),
                isSubtle: z.optional(z.boolean()),
              }),
            ),
          }),
        ),
        actions: z.array(z.object({ title: z.string() })),
      }),
    }),
  ]),
});

const mail = z.object({ from: z.string(), to: z.array(z.string()), subject: z.string(), text: z.string() });

/** The message of a preview, drawn from its payload; null where only programs read it. */
export function toDrawnMessage(type: string, preview: string): DrawnMessage | null {
  const payload: unknown = JSON.parse(preview);
  if (type === "slack" || type === "slack-webhook") return fromSlack(payload);
  if (type === "teams") return fromTeams(payload);
  return type === "mail" ? fromMail(payload) : null;
}

function fromSlack(payload: unknown): DrawnMessage | null {
  const message = slack.safeParse(payload);
  if (!message.success) return null;
  const paragraphs = message.data.blocks.flatMap(({ type, elements }) =>
    elements.map(({ type: kind, text, elements: runs = [] }): Run[] => {
      if (type === "context") return [{ text: text ?? "", look: "quiet" }];
      const isCode = kind === "rich_text_preformatted";
      return runs
        .filter((run) => run.type !== "emoji")
        .map((run) => ({ text: run.text ?? run.fallback ?? "", look: isCode ? "code" : toLook(run) }));
    }),
  );
  return { program: "Slack", head: [], paragraphs, buttons: [] };
}

function toLook({ type, style }: z.infer<typeof slackElement>): Run["look"] {
  if (style?.bold === true) return "strong";
  return type === "link" ? "link" : "plain";
}

function fromTeams(payload: unknown): DrawnMessage | null {
  const message = teams.safeParse(payload);
  if (!message.success) return null;
  const [{ content }] = message.data.attachments;
  const paragraphs = content.body.map(({ inlines }) =>
    inlines.map(({ text, weight, fontType, isSubtle }): Run => {
      if (weight === "Bolder") return { text, look: "strong" };
      if (fontType === "Monospace") return { text, look: "code" };
      return { text, look: isSubtle === true ? "quiet" : "plain" };
    }),
  );
  return { program: "Teams", head: [], paragraphs, buttons: content.actions.map(({ title }) => title) };
}

function fromMail(payload: unknown): DrawnMessage | null {
  const message = mail.safeParse(payload);
  if (!message.success) return null;
  const { from, to, subject, text } = message.data;
  return {
    program: "Mail",
    head: [`From: ${from}`, `To: ${to.join(", ")}`, `Subject: ${subject}`],
    paragraphs: [[{ text: text.trim(), look: "plain" }]],
    buttons: [],
  };
}
