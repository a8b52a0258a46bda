import { Document } from "../../values/document.ts";
import { DateValue, int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";
import { operationTime } from "./member-fields.ts";
import { initiatedSetOf } from "./repl-set.ts";

/** The state of a primary (manual, replSetGetStatus). */
const primary = int32(1);

/** How the replica set is: its one member is primary (manual, replSetGetStatus). */
export const replSetGetStatus: Command = {
  name: "replSetGetStatus",
  access: "clusterMonitor",
  isAdminOnly: true,
  help: "How the replica set is.",
  run({ server, clock }) {
    const set = initiatedSetOf(server);
    const now = new DateValue(clock.now());
    const opTime = operationTime(server.clusterTime());
    const times = ["lastCommittedOpTime", "readConcernMajorityOpTime", "appliedOpTime", "durableOpTime"];
    return Document.from([
      ["set", set.name],
      ["date", now],
      ["myState", primary],
      ["term", 1n],
      ["syncSourceHost", ""],
      ["syncSourceId", int32(-1)],
      ["heartbeatIntervalMillis", 2000n],
      ["majorityVoteCount", int32(1)],
      ["writeMajorityCount", int32(1)],
      ["votingMembersCount", int32(1)],
      ["writableVotingMembersCount", int32(1)],
      ["optimes", Document.from(times.map((name) => [name, opTime]))],
      [
        "members",
        [
          Document.from([
            ["_id", int32(0)],
            ["name", set.host ?? ""],
            ["health", 1],
            ["state", primary],
            ["stateStr", "PRIMARY"],
            ["uptime", int32(Math.floor((clock.now() - server.startedAt) / 1000))],
            ["optime", opTime],
            ["optimeDate", now],
            ["syncSourceHost", ""],
            ["syncSourceId", int32(-1)],
            ["infoMessage", ""],
            ["configVersion", int32(set.version)],
            ["configTerm", int32(1)],
            ["self", true],
            ["lastHeartbeatMessage", ""],
          ]),
        ],
      ],
    ]);
  },
};
