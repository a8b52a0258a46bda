import { createHash } from "node:crypto";
import type { CommandDescription } from "../commands/command-shape.ts";
import { categoriesOf } from "./command-categories.ts";
import { matchesGlob } from "./glob.ts";

/** Keys that a user may read or write. */
export interface KeyPattern {
  readonly pattern: string;
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
}

/** SHA-256 of a password, in hexadecimal, as ACL keeps it. */
export const hashPassword = (password: string): string => createHash("sha256").update(password, "latin1").digest("hex");

/** What a user may do. */
export class AccessUser {
  readonly name: string;
  isOn = false;
  isNoPassword = false;
  readonly passwords = new Set<string>();
  keyPatterns: KeyPattern[] = [];
  channelPatterns: string[] = [];
  /** `+@all`, `-get`, `+config|get` ..., the last one that fits decides; none: nothing is allowed. */
  commandRules: string[] = ["-@all"];
  #decisions = new Map<CommandDescription, boolean>();

  constructor(name: string) {
    this.name = name;
  }

  /** True when nothing at all is denied. */
  get isUnlimited(): boolean {
    const [pattern] = this.keyPatterns;
    const isEveryKey = pattern?.pattern === "*" && pattern.mayRead && pattern.mayWrite;
    return isEveryKey && this.channelPatterns.includes("*") && this.commandRules.at(-1) === "+@all";
  }

  accepts(password: string): boolean {
    return this.isOn && (this.isNoPassword || this.passwords.has(hashPassword(password)));
  }

  /** A user that is the same and can be changed on its own. */
  clone(): AccessUser {
    const copy = new AccessUser(this.name);
    copy.isOn = this.isOn;
    copy.isNoPassword = this.isNoPassword;
    for (const password of this.passwords) copy.passwords.add(password);
    copy.keyPatterns = [...this.keyPatterns];
    copy.channelPatterns = [...this.channelPatterns];
    copy.commandRules = [...this.commandRules];
    return copy;
  }

  addCommandRule(rule: string): void {
    if (rule === "+@all" || rule === "-@all") this.commandRules = [];
    this.commandRules = [...this.commandRules.filter((each) => each.slice(1) !== rule.slice(1)), rule];
    this.#decisions = new Map();
  }

  mayRun(command: CommandDescription): boolean {
    let isAllowed = this.#decisions.get(command);
    if (isAllowed === undefined) {
      isAllowed = this.#decide(command);
      this.#decisions.set(command, isAllowed);
    }
    return isAllowed;
  }

  mayAccess(key: string, isRead: boolean, isWrite: boolean): boolean {
    return this.keyPatterns.some(
      ({ pattern, mayRead, mayWrite }) => (mayRead || !isRead) && (mayWrite || !isWrite) && matchesGlob(pattern, key),
    );
  }

  /** A pattern must be among the user's own word for word; a channel may match one. */
  mayListen(channel: string, isPattern: boolean): boolean {
    if (isPattern) return this.channelPatterns.includes("*") || this.channelPatterns.includes(channel);
    return this.channelPatterns.some((pattern) => matchesGlob(pattern, channel));
  }

  #decide(command: CommandDescription): boolean {
    const ofCommand = categoriesOf(command);
    const [container = ""] = command.name.split("|");
    let isAllowed = false;
    for (const rule of this.commandRules) {
      const what = rule.slice(1);
      const isMeant =
        what === "@all" ||
        what === command.name ||
        what === container ||
        (what[0] === "@" && ofCommand.has(what.slice(1)));
      if (isMeant) isAllowed = rule[0] === "+";
    }
    return isAllowed;
  }
}
