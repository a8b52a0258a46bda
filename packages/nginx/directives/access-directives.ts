import { parameters, values } from "../configuration/words.ts";
import { count, type SettingReader, type SettingReaders, size, text, time } from "./setting-reader.ts";

/** Who may ask, how much and how often. */
export const accessDirectives: SettingReaders = {
  client_max_body_size: size("clientMaxBodySize"),
  client_body_timeout: time("clientBodyTimeoutMs"),
  keepalive_timeout: time("keepaliveTimeoutMs"),
  keepalive_requests: count("keepaliveRequests"),
  send_timeout: time("sendTimeoutMs"),
  limit_req: (at, own, report) => {
    const given = parameters(values(at));
    const zone = given.get("zone");
    if (zone === undefined) report.problem(at, '"limit_req" names no zone', "write: limit_req zone=NAME burst=10;");
    for (const name of given.keys())
      if (!["zone", "burst", "nodelay", "delay"].includes(name))
        report.problem(at, `"${name}" is no parameter of limit_req`);
    const burst = Number(given.get("burst") ?? 0);
    const undelayed = given.has("nodelay") ? Number.POSITIVE_INFINITY : Number(given.get("delay") ?? 0);
    own.limitRequests = [...(own.limitRequests ?? []), { zone: zone ?? "", burst, undelayed }];
  },
  limit_req_status: count("limitRequestStatus"),
  allow: accessRule(true),
  deny: accessRule(false),
  satisfy: (at, own, report) => {
    const [word] = values(at);
    if (word === "all" || word === "any") own.satisfy = word;
    else report.problem(at, `"satisfy" is "all" or "any", not "${word}"`, "write: satisfy all;");
  },
  auth_basic: (at, own, report) => {
    own.authBasic = values(at)[0] === "off" ? undefined : report.template(at, at.words[0] ?? "");
  },
  auth_basic_user_file: text("authBasicUserFile"),
};

function accessRule(isAllowed: boolean): SettingReader {
  return (at, own) => {
    own.accessRules = [...(own.accessRules ?? []), { isAllowed, network: values(at)[0] ?? "all" }];
  };
}
