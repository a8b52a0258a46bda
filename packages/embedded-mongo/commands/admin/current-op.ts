import { compileMatcher } from "../../match/matcher.ts";
import { parseFilter } from "../../match/parse-filter.ts";
import { describeOperation } from "../../server/describe-operation.ts";
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
    const running = server.operations
      .running()
      .filter((each) => !isOwn || each.connection.user?.id === connection.user?.id);
    const conditions = [...request.fields()].filter(
      ([name], index) => index > 0 && !ownFields.includes(name) && !genericFieldNames.has(name),
    );
    const options = { now: new DateValue(clock.now()) };
    const matcher = compileMatcher(parseFilter(Document.from(conditions), options), options);
    const described = running.map(describeOperation).filter((each) => matcher.matches(each));
    return Document.from([["inprog", described]]);
  },
};
