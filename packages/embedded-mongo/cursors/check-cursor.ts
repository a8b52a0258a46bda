import { MongoError } from "../errors/mongo-error.ts";
import type { CommandContext } from "../server/command-context.ts";
import type { Namespace } from "../storage/store.ts";
import type { Cursor } from "./cursor-store.ts";

/** The cursor of a getMore, when it may be used there (manual, getMore, "Session and Transaction Association"). @throws MongoError */
export function checkCursor(context: CommandContext, id: bigint, namespace: Namespace): Cursor {
  const cursor = context.cursors.get(id);
  if (!cursor) throw new MongoError("CursorNotFound", `cursor id ${id} not found`);
  const { options } = cursor;
  const [asked, own] = [nameOf(namespace), nameOf(cursor.namespace)];
  if (asked !== own)
    throw new MongoError(
      "Unauthorized",
      `Requested getMore on namespace '${asked}', but cursor belongs to a different namespace ${own}`,
    );
  if (options.owner !== context.connection.user?.id)
    throw new MongoError("Unauthorized", `cursor id ${id} was not created by the authenticated user`);
  if (options.sessionKey !== context.session?.key) throw wrongSession(id, options.sessionKey, context.session?.key);
  const transaction = context.isInTransaction ? context.session?.transactionNumber : undefined;
  if (options.transactionNumber !== transaction)
    throw new MongoError(
      options.transactionNumber === undefined ? 50739 : transaction === undefined ? 50740 : 50741,
      `Cannot run getMore on cursor ${id}, which was created in transaction ${options.transactionNumber ?? "(none)"}, in transaction ${transaction ?? "(none)"}`,
    );
  if (cursor.isBusy) throw new MongoError("CursorInUse", `cursor id ${id} is already in use`);
  return cursor;
}

const nameOf = ({ database, collection }: Namespace): string => `${database}.${collection}`;

function wrongSession(id: bigint, own: string | undefined, asked: string | undefined): MongoError {
  if (own === undefined)
    return new MongoError(
      50736,
      `Cannot run getMore on cursor ${id}, which was not created in a session, in session ${asked}`,
    );
  if (asked === undefined)
    return new MongoError(
      50737,
      `Cannot run getMore on cursor ${id}, which was created in session ${own}, without an lsid`,
    );
  return new MongoError(
    50738,
    `Cannot run getMore on cursor ${id}, which was created in session ${own}, in session ${asked}`,
  );
}
