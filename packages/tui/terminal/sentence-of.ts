import type { SerializedError } from "@drydock/core";

/** What happened and what to do, on one row. */
export const sentenceOf = ({ message, hint }: SerializedError): string =>
  hint === undefined ? message : `${message} ${hint}`;
