import { auditListSchema } from "./audit";
import { checkCountsSchema } from "./check-counts";
import { acknowledgedSchema } from "./acknowledgement";
import { endpointViewSchema, fleetViewSchema } from "./endpoint-view";
import { eventListSchema, fleetEventListSchema } from "./event";
import {
  guestLinkListSchema,
  guestLinkRequestSchema,
  newGuestLinkSchema,
  revocationSchema,
} from "./guest-link";
import {
  accessChangeSchema,
  changedPersonSchema,
  invitationRequestSchema,
  invitationSchema,
  peopleSchema,
  removedPersonSchema,
} from "./people";
import { problemSchema } from "./problem";
import { rawReplySchema } from "./raw-reply";
import { rolloutDetailSchema, rolloutListSchema } from "./rollout-detail";
import {
  changedScreenSchema,
  claimSchema,
  ownScreenSchema,
  pairingSchema,
  screenChangeSchema,
  screenCommandedSchema,
  screenListSchema,
  screenRequestSchema,
} from "./screen";
import { mutedSchema, muteRequestSchema } from "./mute";
import { channelTestSchema, notificationListSchema, sentAgainSchema } from "./notifications";
import { newServiceTokenSchema, serviceTokenListSchema, serviceTokenRequestSchema } from "./service-token";
import { sessionListSchema } from "./session";
import { endingSchema, signInAnswerSchema, signInRequestSchema } from "./sign-in";
import { rolloutTrafficSchema } from "./traffic";
import { refreshViewSchema, waitViewSchema } from "./wait";

/** The schemas of the API by the names that its document gives them. */
export const components = {
  FleetView: fleetViewSchema,
  EndpointView: endpointViewSchema,
  RolloutList: rolloutListSchema,
  RolloutDetail: rolloutDetailSchema,
  RolloutTraffic: rolloutTrafficSchema,
  Acknowledged: acknowledgedSchema,
  Muted: mutedSchema,
  MuteRequest: muteRequestSchema,
  EventList: eventListSchema,
  FleetEventList: fleetEventListSchema,
  WaitView: waitViewSchema,
  RefreshView: refreshViewSchema,
  RawReply: rawReplySchema,
  GuestLinkList: guestLinkListSchema,
  GuestLinkRequest: guestLinkRequestSchema,
  NewGuestLink: newGuestLinkSchema,
  Revocation: revocationSchema,
  SignInRequest: signInRequestSchema,
  SignInAnswer: signInAnswerSchema,
  SessionList: sessionListSchema,
  Ending: endingSchema,
  AuditList: auditListSchema,
  CheckCounts: checkCountsSchema,
  People: peopleSchema,
  InvitationRequest: invitationRequestSchema,
  Invitation: invitationSchema,
  AccessChange: accessChangeSchema,
  ChangedPerson: changedPersonSchema,
  RemovedPerson: removedPersonSchema,
  NotificationList: notificationListSchema,
  SentAgain: sentAgainSchema,
  ChannelTest: channelTestSchema,
  ServiceTokenList: serviceTokenListSchema,
  ServiceTokenRequest: serviceTokenRequestSchema,
  NewServiceToken: newServiceTokenSchema,
  Pairing: pairingSchema,
  Claim: claimSchema,
  ScreenList: screenListSchema,
  ScreenRequest: screenRequestSchema,
  ScreenChange: screenChangeSchema,
  ScreenCommanded: screenCommandedSchema,
  ChangedScreen: changedScreenSchema,
  OwnScreen: ownScreenSchema,
  Problem: problemSchema,
} as const;
