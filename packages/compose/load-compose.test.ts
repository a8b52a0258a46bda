import type { Service } from "@drydock/core";
import { describe, expect, test } from "vitest";
import { formatModel } from "./format-model.ts";
import { type ComposeInput, type ComposeResult, loadCompose } from "./load-compose.ts";

type Loaded = Extract<ComposeResult, { ok: true }>;

function load(files: Readonly<Record<string, string>>, asked: Partial<ComposeInput> = {}): ComposeResult {
  const input = {
    directory: "/home/me/Shop",
    files: [],
    envFiles: [],
    profiles: [],
    variables: { HOME: "/home/me" },
    ...asked,
  };
  return loadCompose(input, { read: (path) => files[path], isDirectory: () => false });
}

function loaded(files: Readonly<Record<string, string>> | string, asked: Partial<ComposeInput> = {}): Loaded {
  const result = load(typeof files === "string" ? { "/home/me/Shop/docker-compose.yml": files } : files, asked);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result;
}

function service(text: string): Service {
  const [only] = loaded(`services:\n  web:\n    ${text.replaceAll("\n", "\n    ")}\n`).environment.services;
  if (!only) throw new Error("there is no service");
  return only;
}

describe("the environment", () => {
  test("has the project's name, folder, files and services in the order of the file", () => {
    const { environment } = loaded("services:\n  web: {image: a}\n  db: {image: b}\n  api: {image: c}\n");
    expect(environment).toMatchObject({
      project: "shop",
      directory: "/home/me/Shop",
      files: ["/home/me/Shop/docker-compose.yml"],
      profiles: [],
      envFiles: [],
      networks: [{ name: "default", engineName: "shop_default", isExternal: false }],
      volumes: [],
    });
    expect(environment.services.map(({ name }) => name)).toEqual(["web", "db", "api"]);
  });

  test("leaves out what only inactive services use, and says which profiles are active", () => {
    const text =
      "services:\n  a: {image: x}\n  b: {image: x, profiles: [p, q], volumes: ['data:/v']}\nvolumes: {data: }\n";
    expect(loaded(text).environment).toMatchObject({ services: [{ name: "a" }], volumes: [] });
    const active = loaded(text, { profiles: ["p"] }).environment;
    expect(active).toMatchObject({ profiles: ["p"], volumes: [{ name: "data", engineName: "shop_data" }] });
    expect(active.services.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("has the profiles of services that were named", () => {
    const text = "services:\n  a: {image: x}\n  b: {image: x, profiles: [p]}\n  c: {image: x, profiles: [p]}\n";
    const { environment } = loaded(text, { services: ["b"] });
    expect(environment.profiles).toEqual(["p"]);
    expect(environment.services.map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  test("knows external networks and volumes by their own names", () => {
    const { environment } = loaded(
      "services:\n  a: {image: x, networks: [n], volumes: ['data:/v']}\nnetworks: {n: {external: true, name: real}}\nvolumes: {data: {external: true}}\n",
    );
    expect(environment.networks).toEqual([{ name: "n", engineName: "real", isExternal: true }]);
    expect(environment.volumes).toEqual([{ name: "data", engineName: "data", isExternal: true }]);
  });
});

describe("a service", () => {
  test("that says nothing has the defaults of the specification", () => {
    expect(service("image: nginx")).toEqual({
      name: "web",
      image: "nginx",
      environment: {},
      dependencies: [],
      ports: [],
      expose: [],
      mounts: [],
      replicas: 1,
      restart: { kind: "no" },
      stopSignal: "SIGTERM",
      stopGracePeriodMs: 10_000,
      profiles: [],
      watch: [],
      dev: { pin: false },
      definition: { command: null, entrypoint: null, image: "nginx", networks: { default: null } },
    });
  });

  test("that says everything is resolved", () => {
    const all = service(
      `build: {context: ./web, target: dev}
command: npm start -- --port 3000
entrypoint: [tini, "--"]
working_dir: /app
environment: {A: 1, B: , C: text}
ports: ["127.0.0.1:8080:80", "53:53/udp", 9000]
expose: ["3000", "4000-4002/tcp"]
volumes: ["./src:/app:ro", "data:/data", "/anonymous", {type: tmpfs, target: /scratch}]
tmpfs: /run:size=1m
deploy: {replicas: 3}
restart: on-failure:4
stop_signal: SIGINT
stop_grace_period: 1m
healthcheck: {test: curl -f localhost, interval: 2s, start_period: 1m, retries: 5}
x-dev: {run: npm run dev, pin: true, provider: embedded, overlap: false}
volumes_from: []`
        .replace("volumes_from: []", "labels: {a: b}")
        .replace('"data:/data", ', ""),
    );
    expect(all).toMatchObject({
      build: { context: "/home/me/Shop/web", dockerfile: "Dockerfile", target: "dev" },
      command: ["npm", "start", "--", "--port", "3000"],
      entrypoint: ["tini", "--"],
      workingDirectory: "/app",
      environment: { A: "1", C: "text" },
      ports: [
        { target: 80, published: "8080", hostIp: "127.0.0.1", protocol: "tcp" },
        { target: 53, published: "53", protocol: "udp" },
        { target: 9000, protocol: "tcp" },
      ],
      expose: [3000, 4000, 4001, 4002],
      mounts: [
        { kind: "bind", source: "/home/me/Shop/src", target: "/app", isReadOnly: true },
        { kind: "volume", target: "/anonymous", isReadOnly: false },
        { kind: "tmpfs", target: "/scratch", isReadOnly: false },
        { kind: "tmpfs", target: "/run", isReadOnly: false },
      ],
      replicas: 3,
      restart: { kind: "on-failure", maxRetries: 4 },
      stopSignal: "SIGINT",
      stopGracePeriodMs: 60_000,
      healthCheck: {
        test: ["CMD-SHELL", "curl -f localhost"],
        intervalMs: 2000,
        timeoutMs: 30_000,
        startPeriodMs: 60_000,
        retries: 5,
      },
      dev: { run: "npm run dev", pin: true, provider: "embedded", overlap: false },
    });
    expect(Object.keys(all.environment)).toEqual(["A", "C"]);
  });

  test("has its dependencies with their conditions", () => {
    const { environment } = loaded(
      "services:\n  a: {image: x, depends_on: [b], links: [c]}\n  b: {image: x, depends_on: {c: {condition: service_healthy, required: false, restart: true}}}\n  c: {image: x}\n",
    );
    expect(environment.services.map(({ dependencies }) => dependencies)).toEqual([
      [
        { service: "c", condition: "service_started", isRequired: true, restart: true },
        { service: "b", condition: "service_started", isRequired: true, restart: false },
      ],
      [{ service: "c", condition: "service_healthy", isRequired: false, restart: true }],
      [],
    ]);
  });

  test.each([
    ["deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}", { kind: "on-failure", maxRetries: 2 }],
    ["deploy: {restart_policy: {condition: none}}", { kind: "no" }],
    ["deploy: {restart_policy: {}}", { kind: "always" }],
    ['restart: "no"', { kind: "no" }],
    ["restart: unless-stopped", { kind: "unless-stopped" }],
    ["restart: on-failure", { kind: "on-failure" }],
  ])("with %s restarts so", (text, restart) => {
    expect(service(`image: x\n${text}`).restart).toEqual(restart);
  });

  test.each(["healthcheck: {disable: true, test: x}", 'healthcheck: {test: ["NONE"]}', "healthcheck: {interval: 1s}"])(
    "with %s has no health check of its own",
    (text) => {
      expect(service(`image: x\n${text}`).healthCheck).toBeUndefined();
    },
  );

  test("keeps names that JavaScript has for itself", () => {
    const { environment } = service("image: x\nenvironment: {__proto__: a, constructor: b, toString: c}");
    expect(Object.entries(environment)).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
      ["toString", "c"],
    ]);
  });
});

test("a variable that only an inactive service needs is not missed until that service is active", () => {
  const files = {
    "/home/me/Shop/compose.yaml": "services:\n  a: {image: x}\n  b: {image: '${GONE}', profiles: [p]}\n",
  };
  expect(load(files).ok).toBe(true);
  expect(load(files, { profiles: ["p"] })).toMatchObject({
    ok: false,
    problems: [
      {
        file: "compose.yaml",
        line: 3,
        column: 15,
        length: 7,
        message: "services.b.image: the variable GONE is not set",
      },
    ],
  });
});

test("a variable that .env refers to and nobody sets is a notice", () => {
  const { notices } = loaded({
    "/home/me/Shop/compose.yaml": "services:\n  a: {image: x}\n",
    "/home/me/Shop/.env": "PASSWORD=pa$word\n",
  });
  expect(notices).toEqual([
    ".env: the variable word is not set, so it is empty there; set it, or write $$word or '...' when a dollar sign is meant",
  ]);
});

test("a command line that ends at a shell operator is a notice", () => {
  const { notices, environment } = loaded("services:\n  a: {image: x, command: npm ci && npm start}\n");
  expect(environment.services[0]?.command).toEqual(["npm", "ci"]);
  expect(notices).toEqual([
    'services.a.command: "&& npm start" is ignored, as no shell runs it; write ["sh", "-c", "..."] to have one',
  ]);
});

test("two files with default names are a notice, and the first is used", () => {
  const { notices, environment } = loaded({
    "/home/me/Shop/compose.yaml": "services:\n  a: {image: x}\n",
    "/home/me/Shop/docker-compose.yml": "services:\n  b: {image: x}\n",
  });
  expect(notices).toEqual([
    "/home/me/Shop/compose.yaml and /home/me/Shop/docker-compose.yml are both there: the first is used",
  ]);
  expect(environment.services.map(({ name }) => name)).toEqual(["a"]);
});

test("what is printed can be read again and is printed the same", () => {
  const text =
    "services:\n  a: {image: x, command: 'echo $$HOME', environment: {A: '$$5', B: '<&>'}, ports: ['80:80'], healthcheck: {test: a b}}\n";
  for (const format of ["json", "yaml"] as const) {
    const printed = formatModel(loaded(text).model, format);
    expect(formatModel(loaded(printed).model, format)).toBe(printed);
  }
});
