import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NginxRequest } from "@drydock/core";
import { eventually, testService } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { findProgram } from "../find-program.ts";
import type { RenderNginx } from "../options.ts";
import { definedVariables, TestProject } from "../test-engine.ts";

const variables = definedVariables();
const program = await findProgram("nginx", { ...variables, PATH: `${variables.PATH}:/usr/sbin` }, "/");
const reason = program === undefined ? " (skipped: no nginx on PATH)" : "";

const answer = `require("node:http").createServer((q, r) => r.end(process.env.NAME)).listen(Number(process.env.PORT), "127.0.0.1"); process.on("SIGTERM", () => process.exit(0))`;

// The least that a renderer does: this package's part is to write, check, start and reload what it is given.
const render: RenderNginx = (request: NginxRequest) => {
  const [source] = request.sources;
  const servers = (request.addressesOf("api", 3000) ?? []).map(({ host, port }) => `server ${host}:${port};`);
  const text = `daemon off; pid ${request.runDirectory}/pid; error_log stderr;
events {}
http {
${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((each) => `${each}_temp_path ${request.runDirectory}/${each};`).join(" ")}
access_log /dev/stdout;
upstream api { ${servers.join(" ")} }
server {
listen 127.0.0.1:${request.listen.get(80)?.port};
${source?.text ?? ""}
}
}
`;
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.startsWith("listen 127")) + 1;
  const length = (source?.text ?? "").split("\n").length;
  const origins = lines.map((_, index) =>
    source && index >= first && index < first + length
      ? { hostPath: source.hostPath, line: index - first + 1 }
      : undefined,
  );
  return { files: [{ path: join(request.runDirectory, "nginx.conf"), text, origins }], notices: [] };
};

describe.skipIf(program === undefined)(`the image nginx without an engine${reason}`, () => {
  let project: TestProject;

  afterEach(async () => {
    expect(await project.remove()).toEqual([]);
  });

  const create = async (text: string) => {
    project = await TestProject.create({ "site.conf": text, "api.js": answer }, { renderNginx: render });
    const api = testService({
      name: "api",
      image: "node",
      command: ["node", "api.js"],
      environment: { PORT: "3000", NAME: "api" },
    });
    const proxy = testService({
      name: "proxy",
      image: "nginx:1.30",
      mounts: [
        {
          kind: "bind",
          source: join(project.directory, "site.conf"),
          target: "/etc/nginx/conf.d/default.conf",
          isReadOnly: true,
        },
      ],
    });
    return { api, proxy };
  };

  it("serves what the services answer, and logs each request", async () => {
    const { api, proxy } = await create("location / { proxy_pass http://api; }");
    const environment = project.environment([api, proxy]);
    await project.up(environment);
    const port = await project.port(environment, "proxy");
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("api");
    await eventually(() => project.lines("proxy").some((line) => line.includes('"GET / HTTP/1.1" 200')));
    expect(await project.instances(environment, "proxy")).toMatchObject([{ provider: "nginx on PATH" }]);
  });

  it("reloads when what it passes to has more instances", async () => {
    const { api, proxy } = await create("location / { proxy_pass http://api; }");
    await project.up(project.environment([api, proxy]));
    const file = join(project.directory, ".dev/run/proxy.1/nginx.conf");
    const environment = project.environment([{ ...api, replicas: 2 }, proxy]);
    await project.up(environment, ["api"]);
    expect((await readFile(file, "utf8")).match(/server 127\.0\.0\.1:\d+;/g)).toHaveLength(2);
    await project.stop(environment, "api", 1);
    const port = await project.port(environment, "proxy");
    // The configuration of before names only the instance that was stopped.
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/`)).status === 200);
  });

  it("names the line of the person's own file that nginx refuses", async () => {
    const { api, proxy } = await create("location / {\n  proxy_pass http://api;\n  proxy_nonsense on;\n}");
    const environment = project.environment([api, proxy]);
    const place = `${join(project.directory, "site.conf")}:3`;
    const message = `"proxy": nginx does not take its configuration: ${place}: unknown directive "proxy_nonsense"`;
    await expect(project.up(environment)).rejects.toMatchObject({ code: "NGINX_CONFIGURATION", exitCode: 2, message });
    // Said again while it is not corrected, and not after that.
    await expect(project.up(environment)).rejects.toMatchObject({ code: "NGINX_CONFIGURATION" });
    await writeFile(join(project.directory, "site.conf"), "location / { proxy_pass http://api; }");
    await project.up(environment);
    expect(await project.instances(environment, "proxy")).toMatchObject([{ state: "ready" }]);
  });
});
