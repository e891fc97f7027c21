import "server-only";

import type { Duration } from "@/lib/domain/instant";
import { LostLeadership } from "@/lib/server/db/lease";

/**
 * Renews the lease `every` milliseconds until the work ends, because the work may take longer than the lease lasts.
 * Settles as the work does. A failed renewal is retried with the next one.
 */
export async function whileRenewing(
  work: Promise<void>,
  {
    every,
    renew,
    onLostLeadership,
  }: { every: Duration; renew: () => Promise<void>; onLostLeadership: () => void },
): Promise<void> {
  let renewing = Promise.resolve();
  let isRenewing = false;

  async function beat(): Promise<void> {
    isRenewing = true;
    try {
      await renew();
    } catch (error) {
      if (error instanceof LostLeadership) onLostLeadership();
    } finally {
      isRenewing = false;
    }
  }

  const timer = setInterval(() => {
    if (!isRenewing) renewing = beat();
  }, every);
  try {
    await work;
  } finally {
    clearInterval(timer);
    await renewing;
  }
}
