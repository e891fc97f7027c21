/**
 * The names and phrases that Rollcall no longer uses, each with what to say instead. `npm run check` refuses them.
 * Add an entry here when a word is replaced everywhere, so that it cannot come back.
 */

/**
 * Retired as parts of a name: `board` matches `board`, `boardOf` and `BoardView`, not `keyboard`. They are ordinary
 * words in prose, so only identifiers, file names, and strings that look like one are searched.
 */
export const NAME_PARTS = {
  admit: "guard",
  board: "endpointStore",
  breakage: "gapStarted",
  checkup: "diagnostics",
  companion: "service",
  companions: "services",
  course: "history, timeline",
  departure: "delisted",
  desk: "panel",
  everybody: "openAccess",
  fence: "fencingToken",
  fenced: "lostLeadership",
  house: "registry",
  leash: "supervisor",
  loud: "featured",
  manners: "displaySettings",
  news: "change, rolloutSummary",
  nobody: "anonymous",
  pace: "rateLimit, rolloutSpeed",
  readout: "tooltip",
  recall: "lookupCache",
  saver: "historyWriter",
  sight: "freshness, snapshot",
  somebody: "user",
  standing: "displayState",
  tenure: "leadership",
  told: "reported, published",
  trouble: "outage, fault",
  upkeep: "cli, maintenance",
  vantage: "apiScope",
  visitor: "anonymous, viewer",
  visitors: "viewers",
  whereabouts: "addresses",
};

/** Retired as whole names, where the word inside them is a good one elsewhere. */
export const NAMES = [
  [/^(?:[A-Z]\w*Order)$/, "Create…Request"],
  [/^(?:startShift|endShift)$/, "leader election"],
  [/^(?:Source|createSource|OrganizationSource)$/, "OrganizationMonitor"],
  [/^(?:\w*EndpointMemory|toMemory|loadMemory|RememberedRollout)$/, "EndpointState"],
  [/^(?:quietTile|QuietTile|quiet-tile)$/, "CompactTile"],
  [/^(?:FirstAnswers|firstAnswers|FirstPicture|firstPicture)$/, "initialData"],
  [/^(?:useLate|takeChanges)$/, "lazy component, applyDelta"],
  [/^refuseUnheard$/, "checkHost"],
  [/^(?:answerOnce|oncePerPoll|pollHints)$/, "memoizePerPoll, pollSchedule"],
  [/^(?:plainHeaderValues|noteRequests)$/, "asciiHeaders, requestLog"],
  [/^(?:shows|Shows|fromShows|toShows|showsAnew)$/, "displaySettings"],
  [/^(?:isGone|goneSince|gone_since)$/, "removed, delisted"],
];

/** Retired in every text: code, comments, messages and documentation. A space also matches a line's end. */
export const PHRASES = [
  // Names of things that are called otherwise now.
  [/\bFencedOut\b/, "LostLeadership"],
  [/\bdata-(?:sight|standing)\b/, "data-freshness, data-state"],
  [/\bhouse:examine\b/, "diagnostics:read"],
  [/\bROLLCALL_OPEN_TO_EVERYBODY\w*/, "ROLLCALL_ALLOW_ANONYMOUS"],
  [/\b(?:tenure|vantage|whereabouts|leash|checkup|upkeep)\b/i, "see the names above"],
  [/\bways? in\b(?! which)/i, "sign-in methods"],
  [/\bthe house\b/i, "the registry, Rollcall"],
  [/\b(?:one|instance) that watches\b/i, "the leader"],
  [/\bsigns? of life\b/i, "heartbeat, renewal"],
  [/\bLook at this\b/, "Warning"],
  // British spelling.
  [/\b(?:organis|recognis|authoris|initialis|normalis|summaris|serialis|minimis)\w+/i, "spell it with z"],
  [/\b\w*(?:colour|behaviour|neighbour|honour|favour)\w*/i, "spell it with or"],
  [/\b(?:centre|catalogue|licence|grey|whilst|judgement|programme)\w*/i, "use the American spelling"],
  [/\bfor ever\b/i, "forever, always"],
  // Habits that make sentences hard to read.
  [/\bwhoever\b/i, "anyone who, people who"],
  [/\bwhom(?:ever)?\b/i, "split the sentence"],
  [/\bsomebody\b/i, "someone, a user"],
  [/\banybody\b/i, "anyone"],
  [/(?<![\w`"-])nobody(?![\w`"-])/i, "no one"],
  [/\beverybody\b/i, "everyone"],
  [/\bof which\b/i, "whose, or split the sentence"],
  [/\bby which\b/i, "split the sentence"],
  [/\bfor (?:as|so) long as\b/i, "while"],
  [/\bso (?:long|many|few|much|old)\b(?! (?:that|as to)\b)/i, "this long, that many, or the number itself"],
  [/\bbut for\b/i, "except, without"],
  [
    /\b(?:is|are|was|were|be|been|being|gets?) (?:told|said|heard)\b/i,
    "say who reports what, in the active voice",
  ],
  [/\b(?:un)?heard\b/i, "received, seen"],
  [/\basked of\b/i, "say who requests what"],
  [/\bwhat there is\b/i, "what exists"],
  [/\bof (?:its|their|his|her|our|your) own\b/i, "its own …, separate"],
  [/\botherwise than\b/i, "differently from"],
  [
    /\b(?:therein|thereof|thereby|thereupon|wherein|whereof|whereby|whence|henceforth|hitherto)\b/i,
    "use two sentences",
  ],
  [/\b(?:lest|seldom|upon|ere|anew|afresh|aught|nought)\b/i, "so that … not, rarely, on, again"],
  [/\bmend(?:s|ed|ing)?\b/i, "fix, correct"],
  [/\bin vain\b/i, "without success"],
  [/\bwithout(?=[.;,)])/i, "without what? name it"],
  [/\bsees? to\b/i, "check, make sure"],
  [/\blets? (?:(?:people|them|it|anyone|everyone) )?in\b/i, "allow, give access"],
  [/\btaken for\b/i, "treated as"],
  [/\bnot known\b/i, "unknown"],
];

/** Where an entry does not hold, and why: `words` are matched texts in lower case, `names` stands for every name. */
export const EXCEPTIONS = [
  {
    path: /^lib\/server\/db\/(?:migrations|testing\/level)/,
    names: true,
    why: "a landed migration keeps the names of its time",
  },
  { path: /^bench\/support\/pgbouncer\.ts$/, words: ["nobody"], why: "the Unix user" },
];
