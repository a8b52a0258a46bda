import { expect, it } from "vitest";
import { globalWords } from "./compose-cli.ts";

const environment = {
  project: "shop",
  directory: "/shop",
  files: ["/shop/a.yml", "/shop/b.yml"],
  envFiles: ["/shop/.env.ci"],
  profiles: ["debug"],
  services: [],
  networks: [],
  volumes: [],
};

it("says exactly which stack is meant, with the generated file last", () => {
  expect(globalWords(environment, "/shop/.dev/compose.ports.yml").join(" ")).toBe(
    "--project-name shop --project-directory /shop --file /shop/a.yml --file /shop/b.yml --file /shop/.dev/compose.ports.yml --env-file /shop/.env.ci --profile debug",
  );
});

it("names nothing that is not there", () => {
  const plain = { ...environment, files: ["/shop/a.yml"], envFiles: [], profiles: [] };
  expect(globalWords(plain, undefined).join(" ")).toBe(
    "--project-name shop --project-directory /shop --file /shop/a.yml",
  );
});
