import { posix } from "node:path";
import { asRoot, asUser, ifAny, type TrustStore } from "./trust-store.ts";

// The password that every JDK's cacerts has (keytool's manual, "The cacerts Certificates File").
const password = "changeit";
const alias = "drydock-development-ca";
const debianStore = "/etc/ssl/certs/java/cacerts";

/** The roots of the Java that JAVA_HOME or PATH finds. */
export const java: TrustStore = {
  name: "Java",
  asks: { programs: ["keytool"], paths: [debianStore] },
  plan(machine, authority, act) {
    const { javaHome, programs, writable } = machine;
    const program = javaHome === undefined ? programs.get("keytool") : posix.join(javaHome, "bin", "keytool");
    if (program === undefined) return undefined;
    const store = ["-cacerts", "-storepass", password, "-alias", alias];
    const own = javaHome === undefined ? debianStore : posix.join(javaHome, "lib", "security", "cacerts");
    const run = machine.platform === "win32" || writable.has(own) ? asUser : asRoot;
    const remove = ifAny(run(program, "-delete", ...store));
    const add = run(program, "-importcert", "-noprompt", "-trustcacerts", ...store, "-file", authority.path);
    return {
      store: java.name,
      commands: act === "install" ? [remove, add] : [remove],
      proof: { kind: "command", words: [program, "-list", ...store] },
      advice: [],
    };
  },
};
