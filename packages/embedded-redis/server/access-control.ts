import { AccessUser } from "./access-user.ts";

/** A denial, for ACL LOG. */
export interface AccessDenial {
  readonly reason: "auth" | "command" | "key" | "channel";
  readonly context: "toplevel" | "multi" | "lua";
  readonly object: string;
  readonly user: string;
  readonly clientInfo: string;
  readonly atMs: number;
  readonly id: number;
}

/** The users and what was denied to them. */
export class AccessControl {
  readonly users = new Map<string, AccessUser>();
  denials: AccessDenial[] = [];
  #nextDenial = 0;

  constructor() {
    this.users.set("default", unlimitedUser("default"));
  }

  /** The user "default" always exists. */
  get default(): AccessUser {
    const user = this.users.get("default");
    if (user === undefined) throw new Error("the default user is gone");
    return user;
  }

  /** Keeps a denial for ACL LOG, at most `limit`. */
  deny(denial: Omit<AccessDenial, "id">, limit: number): void {
    this.denials.unshift({ ...denial, id: this.#nextDenial++ });
    this.denials.length = Math.min(this.denials.length, limit);
  }
}

function unlimitedUser(name: string): AccessUser {
  const user = new AccessUser(name);
  user.isOn = true;
  user.isNoPassword = true;
  user.keyPatterns = [{ pattern: "*", mayRead: true, mayWrite: true }];
  user.channelPatterns = ["*"];
  user.addCommandRule("+@all");
  return user;
}
