import { asRoot, type TrustStore } from "./trust-store.ts";

/** A distribution's way: where roots are put, what gathers them, and the bundle that results. */
interface Way {
  readonly name: string;
  readonly anchors: string;
  readonly suffix: string;
  readonly gather: readonly string[];
  readonly bundle: string;
}

// update-ca-certificates(8) of Debian and of openSUSE, update-ca-trust(8) of Fedora, trust(1) of p11-kit for Arch.
const ways: readonly Way[] = [
  {
    name: "Fedora, RHEL",
    anchors: "/etc/pki/ca-trust/source/anchors",
    suffix: "pem",
    gather: ["update-ca-trust", "extract"],
    bundle: "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  },
  {
    name: "Arch",
    anchors: "/etc/ca-certificates/trust-source/anchors",
    suffix: "crt",
    gather: ["trust", "extract-compat"],
    bundle: "/etc/ssl/certs/ca-certificates.crt",
  },
  {
    name: "SUSE",
    anchors: "/usr/share/pki/trust/anchors",
    suffix: "pem",
    gather: ["update-ca-certificates"],
    bundle: "/var/lib/ca-certificates/ca-bundle.pem",
  },
  {
    name: "Debian, Ubuntu, Alpine",
    anchors: "/usr/local/share/ca-certificates",
    suffix: "crt",
    gather: ["update-ca-certificates"],
    bundle: "/etc/ssl/certs/ca-certificates.crt",
  },
];

const fileName = "drydock-development-ca";

/** The roots of a Linux system: curl, wget, Python, Go, Ruby and most programs. */
export const linuxSystem: TrustStore = {
  name: "system store",
  asks: {
    programs: ["update-ca-certificates", "update-ca-trust", "trust"],
    paths: ways.map(({ anchors }) => anchors),
  },
  plan(machine, authority, act) {
    if (machine.platform !== "linux") return undefined;
    const way = ways.find(({ anchors, gather }) => machine.paths.has(anchors) && machine.programs.has(gather[0] ?? ""));
    if (!way) {
      const advice = [
        `This distribution keeps its roots where Drydock does not know: add ${authority.path} by its own way.`,
      ];
      return { store: linuxSystem.name, commands: [], proof: undefined, advice };
    }
    const target = `${way.anchors}/${fileName}.${way.suffix}`;
    const change =
      act === "install" ? asRoot("install", "-m", "644", authority.path, target) : asRoot("rm", "-f", target);
    return {
      store: `${linuxSystem.name} (${way.name})`,
      commands: [change, asRoot(...way.gather)],
      proof: { kind: "bundle", path: way.bundle },
      advice: [],
    };
  },
};
