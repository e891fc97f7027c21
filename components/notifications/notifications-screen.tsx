"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { isSignedOut } from "@/lib/client/api-failure";
import { notificationsQuery } from "@/lib/client/notifications-query";
import type { NotificationList } from "@/lib/contract/notifications";

import { SignedOut } from "../access/signed-out";
import { TabState } from "../site/tab-state";
import { PageHeading } from "../ui/page-heading";
import { Section } from "../ui/section";
import { HeaderCell, Table } from "../ui/table";
import { TextButton } from "../ui/text-button";
import { ChannelEntry } from "./channel-entry";
import { DeliveryRow } from "./delivery-row";
import { MuteList } from "./mute-list";

/** Where messages go, and what became of the newest ones. */
export function NotificationsScreen() {
  const { data, error } = useQuery(notificationsQuery());
  const [isUnsentOnly, setIsUnsentOnly] = useState(false);
  if (isSignedOut(error)) return <SignedOut />;
  const { channels, deliveries, mutes = [] } = data?.body ?? { channels: [], deliveries: [] };
  const shown = isUnsentOnly ? deliveries.filter(({ state }) => state !== "sent") : deliveries;
  return (
    <main>
      <TabState title="Notifications · Rollcall" shape="nothing" isLive={false} />
      <PageHeading
        sentence={data === undefined ? "Notifications can’t be loaded right now." : toSentence(data.body)}
      >
        Channels and rules come from the settings: one line in the environment for Slack or a webhook, or the
        part <code>notifications</code> of the settings file. They change with the next start.
      </PageHeading>
      {error !== null && <p className="mb-6">{error.message}</p>}
      {deliveries.length > 0 && (
        <Section name="Newest messages">
          <p className="mb-6 flex gap-6">
            <TextButton aria-pressed={!isUnsentOnly} onClick={() => setIsUnsentOnly(false)}>
              All
            </TextButton>
            <TextButton aria-pressed={isUnsentOnly} onClick={() => setIsUnsentOnly(true)}>
              Not sent
            </TextButton>
          </p>
          {shown.length === 0 && <p>Every message was sent.</p>}
          {shown.length > 0 && (
            <Table
              label="Newest messages"
              head={
                <>
                  <HeaderCell>When</HeaderCell>
                  <HeaderCell>Message</HeaderCell>
                  <HeaderCell isMinor>Channel</HeaderCell>
                  <HeaderCell>Delivery</HeaderCell>
                </>
              }
            >
              {shown.map((delivery) => (
                <DeliveryRow key={`${delivery.notificationId} ${delivery.channel}`} delivery={delivery} />
              ))}
            </Table>
          )}
        </Section>
      )}
      {mutes.length > 0 && <MuteList mutes={mutes} />}
      {channels.map((channel) => (
        <ChannelEntry key={channel.name} channel={channel} />
      ))}
    </main>
  );
}

function toSentence({ channels, deliveries }: NotificationList): string {
  if (channels.length === 0) return "No channel is set up, so Rollcall tells no one.";
  const failed = deliveries.filter(({ state }) => state === "failed").length;
  if (failed > 0)
    return failed === 1
      ? "One message could not be delivered."
      : `${failed} messages could not be delivered.`;
  const late = deliveries.filter(({ state, attempts }) => state === "waiting" && attempts > 0).length;
  if (late > 0)
    return late === 1
      ? "One message waits for its next attempt."
      : `${late} messages wait for their next attempt.`;
  return channels.length === 1
    ? "Rollcall sends messages to one channel."
    : `Rollcall sends messages to ${channels.length} channels.`;
}
