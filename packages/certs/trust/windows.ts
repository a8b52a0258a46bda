import type { TrustedAuthority } from "./machine.ts";
import { asUser, ifAny, type StorePlan, type TrustAct, type TrustStore } from "./trust-store.ts";

/** The user's roots of Windows: Edge, Chrome, Firefox (120 and newer), .NET. Windows asks whether the root is meant (certutil's manual). */
export const windows: TrustStore = {
  name: "Windows user store",
  asks: { programs: [], paths: [] },
  plan: (machine, authority, act) =>
    machine.platform === "win32" ? rootStore(windows.name, "certutil", authority.path, authority, act) : undefined,
};

const interop = "certutil.exe";

/** The same of the Windows around WSL: browsers run there. Its programs see WSL's files under \\wsl.localhost. */
export const windowsAroundWsl: TrustStore = {
  name: "Windows user store, from WSL",
  asks: { programs: [interop], paths: [] },
  plan(machine, authority, act) {
    const { wslDistribution, programs } = machine;
    if (wslDistribution === undefined) return undefined;
    const program = programs.get(interop);
    if (program === undefined) {
      const advice = [
        "Windows's programs are not reached from here (interop in /etc/wsl.conf): add the root in Windows by hand.",
      ];
      return { store: windowsAroundWsl.name, commands: [], proof: undefined, advice };
    }
    const path = `\\\\wsl.localhost\\${wslDistribution}${authority.path.replaceAll("/", "\\")}`;
    return rootStore(windowsAroundWsl.name, program, path, authority, act);
  },
};

function rootStore(
  store: string,
  program: string,
  path: string,
  { serialNumber }: TrustedAuthority,
  act: TrustAct,
): StorePlan {
  const install = asUser(program, "-user", "-addstore", "Root", path);
  const uninstall = ifAny(asUser(program, "-user", "-delstore", "Root", serialNumber));
  return {
    store,
    commands: [act === "install" ? install : uninstall],
    proof: { kind: "command", words: [program, "-user", "-verifystore", "Root", serialNumber] },
    advice: [],
  };
}
