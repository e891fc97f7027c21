/** Tells an error page that the database did not answer: React sends nothing of a server error but its digest. */
export const databaseAwayDigest = "database-away";
