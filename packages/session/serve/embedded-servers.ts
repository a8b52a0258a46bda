import type { EmbeddedRequest, EmbeddedServer } from "@drydock/processes";

/**
 * The servers of ours that stand in for images, each as a child process of this program. `serveCommand` is what runs `dev serve`; without it
 * there are none.
 */
export function embeddedServers(serveCommand: readonly string[]): readonly EmbeddedServer[] {
  if (serveCommand.length === 0) return [];
  const database = (kind: string) => (request: EmbeddedRequest) => {
    const { address, dataDirectory } = request;
    const place = ["--host", address.host, "--port", String(address.port), "--data", dataDirectory];
    const member = request.replicaSet === undefined ? [] : ["--replica-set", request.replicaSet];
    return [...serveCommand, kind, ...place, ...member, "--", ...request.arguments];
  };
  return [
    { kind: "mongo", name: "embedded MongoDB", command: database("mongo") },
    { kind: "redis", name: "embedded Redis", command: database("redis") },
    {
      kind: "nginx",
      name: "embedded edge",
      command: ({ configurationFile = "" }) => [...serveCommand, "nginx", "--config", configurationFile],
    },
  ];
}
