import type { Command } from "../commands/command.ts";
import { type AccessUser, hashPassword } from "./access-user.ts";
import { categories } from "./command-categories.ts";

const unknownCommand = "Unknown command or category name in ACL";

/** Applies one rule of ACL SETUSER (its documentation, "ACL rules"); returns why it cannot. */
export function applyAccessRule(
  user: AccessUser,
  rule: string,
  commands: ReadonlyMap<string, Command>,
): string | undefined {
  const word = rule.toLowerCase();
  const apply = words[word];
  if (apply !== undefined) {
    apply(user);
    return undefined;
  }
  const rest = rule.slice(1);
  switch (rule[0]) {
    case ">":
      user.passwords.add(hashPassword(rest));
      user.isNoPassword = false;
      return undefined;
    case "<":
      return user.passwords.delete(hashPassword(rest))
        ? undefined
        : "The password you are trying to remove from the user does not exist";
    case "#":
    case "!":
      return applyHash(user, rule[0], rest);
    case "~":
    case "%":
      return applyKeyPattern(user, rule);
    case "&":
      user.channelPatterns.push(rest);
      return undefined;
    case "+":
    case "-":
      if (!isKnown(rest.toLowerCase(), commands)) return unknownCommand;
      user.addCommandRule(word);
      return undefined;
    default:
      return "Syntax error";
  }
}

const words: Readonly<Record<string, (user: AccessUser) => void>> = {
  on: (user) => {
    user.isOn = true;
  },
  off: (user) => {
    user.isOn = false;
  },
  nopass: (user) => {
    user.isNoPassword = true;
    user.passwords.clear();
  },
  resetpass: (user) => {
    user.isNoPassword = false;
    user.passwords.clear();
  },
  allkeys: (user) => {
    user.keyPatterns = [{ pattern: "*", mayRead: true, mayWrite: true }];
  },
  "~*": (user) => {
    user.keyPatterns = [{ pattern: "*", mayRead: true, mayWrite: true }];
  },
  resetkeys: (user) => {
    user.keyPatterns = [];
  },
  allchannels: (user) => {
    user.channelPatterns = ["*"];
  },
  "&*": (user) => {
    user.channelPatterns = ["*"];
  },
  resetchannels: (user) => {
    user.channelPatterns = [];
  },
  allcommands: (user) => user.addCommandRule("+@all"),
  nocommands: (user) => user.addCommandRule("-@all"),
  reset: (user) => {
    user.isOn = false;
    user.isNoPassword = false;
    user.passwords.clear();
    user.keyPatterns = [];
    user.channelPatterns = [];
    user.addCommandRule("-@all");
  },
};

function applyHash(user: AccessUser, mark: string | undefined, hash: string): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(hash))
    return "The provided password hash must be exactly 64 characters and contain only lowercase hexadecimal characters";
  if (mark === "!") {
    return user.passwords.delete(hash)
      ? undefined
      : "The password you are trying to remove from the user does not exist";
  }
  user.passwords.add(hash);
  user.isNoPassword = false;
  return undefined;
}

function applyKeyPattern(user: AccessUser, rule: string): string | undefined {
  const match = /^(?:~|%(r|w|rw|wr)~)(.*)$/is.exec(rule);
  if (match === null) return "Syntax error";
  const rights = match[1]?.toLowerCase() ?? "rw";
  const pattern = match[2] ?? "";
  user.keyPatterns = [...user.keyPatterns, { pattern, mayRead: rights.includes("r"), mayWrite: rights.includes("w") }];
  return undefined;
}

function isKnown(name: string, commands: ReadonlyMap<string, Command>): boolean {
  if (name.startsWith("@")) return name === "@all" || categories.includes(name.slice(1));
  const [container = "", subcommand] = name.split("|");
  const command = commands.get(container);
  if (subcommand === undefined) return command !== undefined;
  return command?.subcommands?.some((each) => each.name === name) === true;
}

/** The rules for commands as ACL GETUSER shows them. */
export function describeCommands(user: AccessUser): string {
  const [first] = user.commandRules;
  const rules = first === "+@all" || first === "-@all" ? user.commandRules : ["-@all", ...user.commandRules];
  return rules.join(" ");
}

/** The key patterns as ACL GETUSER shows them. */
export function describeKeys(user: AccessUser): string {
  return user.keyPatterns
    .map(({ pattern, mayRead, mayWrite }) =>
      mayRead && mayWrite ? `~${pattern}` : `%${mayRead ? "R" : "W"}~${pattern}`,
    )
    .join(" ");
}

/** A user as ACL LIST shows it. */
export function describeUser(user: AccessUser): string {
  const patterns = user.channelPatterns.map((pattern) => `&${pattern}`);
  const channels = patterns.includes("&*") ? "&*" : ["resetchannels", ...patterns].join(" ");
  const passwords = [...user.passwords].map((hash) => `#${hash}`);
  return [
    "user",
    user.name,
    user.isOn ? "on" : "off",
    ...(user.isNoPassword ? ["nopass"] : []),
    "sanitize-payload",
    ...passwords,
    describeKeys(user),
    channels,
    describeCommands(user),
  ]
    .filter((each) => each !== "")
    .join(" ");
}
