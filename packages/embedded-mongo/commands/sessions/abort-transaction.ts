import { abortTransaction as abort } from "../../sessions/end-transaction.ts";
import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";
import { ended } from "./commit-transaction.ts";

/** Aborts the session's transaction (manual, abortTransaction). */
export const abortTransaction: Command = {
  name: "abortTransaction",
  access: "login",
  isAdminOnly: true,
  isWrite: true,
  help: "Aborts a transaction.",
  run(context, request) {
    const { session, number } = ended("abortTransaction", context, request.get("txnNumber"));
    abort(session, number);
    // Who waits for its records may go on.
    context.server.writes.notify();
    context.cursors.killWhere(
      ({ options }) => options.sessionKey === session.key && options.transactionNumber === number,
    );
    return emptyDocument;
  },
};
