import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { currentOperations } from "../../server/current-operations.ts";
import { genericFieldNames } from "../../server/generic-fields.ts";
import { Document } from "../../values/document.ts";
import { DateValue } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

const ownFields: readonly string[] = ["$ownOps", "$all", "$truncateOps"];

/** What runs now, filtered by the other fields as a query: `$ownOps` of this user alone, `$all` with idle connections (manual, currentOp). */
export const currentOp: Command = {
  name: "currentOp",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "The operations that run now.",
  run({ server, connection, clock }, request) {
    const isOwn = request.get("$ownOps") === true;
    const isMeant = (userId: string | undefined) => !isOwn || userId === connection.user?.id;
    const kinds = { sessions: true, cursors: false, connections: request.get("$all") === true };
    const told = currentOperations(server, isMeant, kinds, clock.now());
    const conditions = [...request.fields()].filter(
      ([name], index) => index > 0 && !ownFields.includes(name) && !genericFieldNames.has(name),
    );
    const options = { now: new DateValue(clock.now()) };
    const matcher = compileMatcher(parseFilter(Document.from(conditions), options), options);
    const described = told.filter((each) => matcher.matches(each));
    return Document.from([["inprog", described]]);
  },
};
