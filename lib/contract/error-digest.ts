/** How an error page knows that the database did not answer: of a server's error it is told nothing but the digest. */
export const databaseAwayDigest = "database-away";
