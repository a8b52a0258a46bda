// MongoDB manual, "MongoDB Limits and Thresholds" and the hello command's reply.

/** The largest message, in bytes. */
export const maxMessageBytes = 48_000_000;

/** The largest document that is stored, in bytes. */
export const maxDocumentBytes = 16_777_216;

/** The largest document inside a message: room for what a command wraps around a stored one. */
export const maxInternalBytes: number = maxDocumentBytes + 16_384;

/** Writes in one batch. */
export const maxWriteBatch = 100_000;
