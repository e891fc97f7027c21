import { NotificationsScreen } from "@/components/notifications/notifications-screen";
import { HydratedPage } from "@/components/site/hydrated-page";
import { gatherAnswers } from "@/lib/client/initial-data";
import { notificationsQuery } from "@/lib/client/notifications-query";
import { authorizePerson } from "@/lib/server/http/authorize-page";
import { ifReadable } from "@/lib/server/services/errors";
import { readNotifications } from "@/lib/server/services/notifications";

export default async function NotificationsPage() {
  const { ctx } = await authorizePerson("notifications:manage");
  const answers = gatherAnswers();
  const notifications = await ifReadable(readNotifications(ctx));
  if (notifications !== null) answers.put(notificationsQuery(), notifications);
  return (
    <HydratedPage answers={answers.end()}>
      <NotificationsScreen />
    </HydratedPage>
  );
}
