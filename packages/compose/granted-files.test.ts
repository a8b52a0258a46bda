import { describe, expect, it } from "vitest";
import { loadCompose } from "./load-compose.ts";

describe("secrets and configs from files", () => {
  it("are read-only binds under their usual paths, or where target says; those from variables are none", () => {
    const text = `services:
  api:
    image: api
    secrets: [key, { source: token, target: /etc/token }, fromEnvironment]
    configs: [app, { source: app, target: /etc/app.json }]
secrets:
  key: { file: ./key.txt }
  token: { file: ./token.txt }
  fromEnvironment: { environment: TOKEN }
configs:
  app: { file: ./app.json }
`;
    const files = {
      read: (path: string) => (path === "/shop/compose.yaml" ? text : undefined),
      isDirectory: () => false,
    };
    const result = loadCompose(
      { directory: "/shop", files: [], envFiles: [], profiles: [], variables: { TOKEN: "x" } },
      files,
    );
    expect(result.ok && result.environment.services[0]?.mounts).toEqual([
      { kind: "bind", source: "/shop/key.txt", target: "/run/secrets/key", isReadOnly: true },
      { kind: "bind", source: "/shop/token.txt", target: "/etc/token", isReadOnly: true },
      { kind: "bind", source: "/shop/app.json", target: "/app", isReadOnly: true },
      { kind: "bind", source: "/shop/app.json", target: "/etc/app.json", isReadOnly: true },
    ]);
  });
});
