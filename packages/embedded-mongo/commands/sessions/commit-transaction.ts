import { MongoError } from "../../errors/mongo-error.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { commitTransaction as commit } from "../../sessions/end-transaction.ts";
import type { Session } from "../../sessions/session.ts";
import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** Commits the session's transaction (manual, commitTransaction). */
export const commitTransaction: Command = {
  name: "commitTransaction",
  access: "login",
  isAdminOnly: true,
  isWrite: true,
  help: "Commits a transaction.",
  async run(context, request) {
    const { session, number } = ended("commitTransaction", context, request.get("txnNumber"));
    await commit(session, number);
    context.server.writes.notify();
    context.cursors.killWhere(
      ({ options }) => options.sessionKey === session.key && options.transactionNumber === number,
    );
    return emptyDocument;
  },
};

/** The session and the number of the transaction that is to end. @throws MongoError CommandFailed outside a transaction */
export function ended(
  name: string,
  { session }: CommandContext,
  number: unknown,
): { readonly session: Session; readonly number: bigint } {
  if (!session || typeof number !== "bigint")
    throw new MongoError("CommandFailed", `${name} must be run within a transaction`);
  return { session, number };
}
