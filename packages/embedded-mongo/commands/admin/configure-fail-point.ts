import { MongoError } from "../../errors/mongo-error.ts";
import type { FailCommand, FailPointMode, FailPointName } from "../../server/fail-points.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document, emptyDocument, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { optionalBoolean, optionalCount, optionalDocument, optionalString } from "../request-fields.ts";

/** Lets commands fail, for tests of clients (driver specifications, "Server Fail Point"). */
export const configureFailPoint: Command = {
  name: "configureFailPoint",
  access: "clusterAdmin",
  isAdminOnly: true,
  help: "Lets commands fail on purpose.",
  run({ server }, request) {
    if (server.parameters.get("enableTestCommands") !== true)
      throw new MongoError(
        "CommandNotFound",
        "no such command: 'configureFailPoint'; it needs test commands to be allowed",
      );
    const name = pointNames.find((each) => each === request.get("configureFailPoint"));
    if (!name)
      throw new MongoError(
        "CommandNotSupported",
        `The fail point ${String(request.get("configureFailPoint"))} is not supported; ${pointNames.join(" and ")} are`,
      );
    const data = optionalDocument(request, "configureFailPoint", "data") ?? emptyDocument;
    const failure = { ...readFailure(name, data), ...fixedBy(name, data) };
    const count = server.failPoints.configure(name, readMode(request.get("mode")), failure);
    return Document.from([["count", int32(count)]]);
  },
};

const pointNames: readonly FailPointName[] = [
  "failCommand",
  "failGetMoreAfterCursorCheckout",
  "onPrimaryTransactionalWrite",
  "maxTimeAlwaysTimeOut",
  "maxTimeNeverTimeOut",
];

/** What is not said in the data as failCommand's is. */
function fixedBy(name: FailPointName, data: Document): Partial<FailCommand> {
  if (name === "failGetMoreAfterCursorCheckout") return { commands: ["getMore"] };
  if (name === "failCommand") return {};
  if (name === "maxTimeAlwaysTimeOut" || name === "maxTimeNeverTimeOut") return { commands: [] };
  return {
    closesConnection: optionalBoolean(data, "configureFailPoint.data", "closeConnection") ?? true,
    errorCode: optionalCount(data, "configureFailPoint.data", "failBeforeCommitExceptionCode"),
  };
}

/** Undefined: off. @throws MongoError BadValue, CommandNotSupported */
function readMode(mode: Value | undefined): FailPointMode | undefined {
  if (mode === "off") return undefined;
  if (mode === "alwaysOn") return { skip: 0, times: Number.POSITIVE_INFINITY };
  const times = mode instanceof Document ? mode.get("times") : undefined;
  const skip = mode instanceof Document ? mode.get("skip") : undefined;
  if (isNumber(times)) return { skip: 0, times: toDouble(times) };
  if (isNumber(skip)) return { skip: toDouble(skip), times: Number.POSITIVE_INFINITY };
  throw new MongoError("BadValue", "'mode' must be 'off', 'alwaysOn', { times: n } or { skip: n }");
}

function readFailure(name: FailPointName, data: Document): FailCommand {
  const what = "configureFailPoint.data";
  const commands = data.get("failCommands");
  const labels = data.get("errorLabels");
  const blocks = optionalBoolean(data, what, "blockConnection") ?? false;
  return {
    name,
    commands: isArray(commands) ? commands.filter((each) => typeof each === "string") : [],
    appName: optionalString(data, what, "appName"),
    errorCode: optionalCount(data, what, "errorCode"),
    errorLabels: isArray(labels) ? labels : undefined,
    writeConcernError: optionalDocument(data, what, "writeConcernError"),
    closesConnection: optionalBoolean(data, what, "closeConnection") ?? false,
    blocksMs: blocks ? (optionalCount(data, what, "blockTimeMS") ?? 0) : undefined,
  };
}
