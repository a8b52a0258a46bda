import { join } from "node:path";
import { asUser, ifAny, type TrustStore } from "./trust-store.ts";

/** The login keychain of macOS: Safari, Chrome, Firefox (120 and newer), curl. macOS asks for the password itself (security(1)). */
export const macos: TrustStore = {
  name: "login keychain",
  asks: { programs: [], paths: [] },
  plan(machine, authority, act) {
    if (machine.platform !== "darwin") return undefined;
    const keychain = join(machine.home, "Library", "Keychains", "login.keychain-db");
    const install = asUser(
      "security",
      "add-trusted-cert",
      "-r",
      "trustRoot",
      "-p",
      "ssl",
      "-k",
      keychain,
      authority.path,
    );
    const uninstall = [
      ifAny(asUser("security", "remove-trusted-cert", authority.path)),
      ifAny(asUser("security", "delete-certificate", "-Z", authority.sha1, keychain)),
    ];
    return {
      store: macos.name,
      commands: act === "install" ? [install] : uninstall,
      proof: { kind: "command", words: ["security", "verify-cert", "-p", "ssl", "-l", "-c", authority.path] },
      advice: [],
    };
  },
};
