import type { CheckedForwarding, PublishedForward } from "@drydock/devcontainer";

/** A port of a dev container as a person asks for it: where it is on this machine, and why there. */
export interface PortReport {
  /** As `forwardPorts` writes it: `3000`, `db:5432`. */
  readonly port: string;
  readonly label?: string;
  /** `forwarded`: by dev; `published`: by Docker; `unavailable`: the same number was required and is taken; `waiting`: not forwarded now. */
  readonly state: "forwarded" | "published" | "unavailable" | "waiting";
  /** `127.0.0.1:3000`. */
  readonly address?: string;
  /** Where the port's protocol is known. */
  readonly url?: string;
  /** Whether something listens inside, where that was asked. */
  readonly answers?: boolean;
  /** Why it is not the same number here. */
  readonly moved?: "taken" | "forbidden";
  readonly holder?: string;
}

/** What a forwarder says of a port. */
export function reportForwarding(name: string, forwarding: CheckedForwarding): PortReport {
  const { label, protocol, localPort, answers, moved, holder } = forwarding;
  const because = { ...(moved === undefined ? {} : { moved }), ...(holder === undefined ? {} : { holder }) };
  const head = { port: name, ...(label === undefined ? {} : { label }) };
  if (localPort === undefined) return { ...head, state: "unavailable", ...because };
  return { ...head, state: "forwarded", ...addressOf("127.0.0.1", localPort, protocol), answers, ...because };
}

/** A port that Docker publishes. */
export function reportPublished({ port, label, protocol, localHost, localPort }: PublishedForward): PortReport {
  return {
    port: String(port),
    ...(label === undefined ? {} : { label }),
    state: "published",
    ...addressOf(localHost, localPort, protocol),
  };
}

function addressOf(host: string, port: number, protocol: string | undefined): Pick<PortReport, "address" | "url"> {
  const url = protocol === undefined ? {} : { url: new URL(`${protocol}://localhost:${port}`).origin };
  return { address: `${host.includes(":") ? `[${host}]` : host}:${port}`, ...url };
}
