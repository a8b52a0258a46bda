import { expect, test } from "vitest";
import { stackModel } from "./stack-model.ts";

const model = {
  name: "shop",
  services: {
    api: { build: { context: "/shop/api" }, depends_on: { migrate: { condition: "service_completed_successfully" } } },
    migrate: {
      build: { context: "/shop/api" },
      command: ["node", "migrate.js"],
      depends_on: { mongo: { condition: "service_healthy" }, api: { condition: "service_started" } },
      networks: { default: null },
    },
    mongo: {
      image: "mongo:8",
      container_name: "the-mongo",
      restart: "always",
      profiles: ["data"],
      networks: { back: { aliases: ["db.internal"] } },
      secrets: [{ source: "password" }],
      ports: [{ target: 27017, published: "27017" }],
      volumes: [
        { type: "bind", source: "/shop/data", target: "/data/db" },
        { type: "bind", source: "/shop/init", target: "/docker-entrypoint-initdb.d" },
        { type: "volume", source: "config", target: "/data/configdb" },
      ],
    },
  },
  networks: { back: {}, default: {} },
  volumes: { config: { name: "shop_config", external: true } },
  secrets: { password: { file: "/shop/password" } },
};

test("a stack of tests has the project's databases and migrations, and no port, name, volume or writable folder of it", () => {
  const database = { dataTarget: "/data/db", ports: [{ target: 27017, published: 40123 }] };
  expect(stackModel(model, "shop-test-1", [{ name: "mongo", database }, { name: "migrate" }])).toEqual({
    name: "shop-test-1",
    services: {
      mongo: {
        image: "mongo:8",
        restart: "no",
        depends_on: {},
        networks: { default: { aliases: ["db.internal"] } },
        secrets: [{ source: "password" }],
        stop_signal: "SIGKILL",
        ports: [{ target: 27017, published: "40123", host_ip: "127.0.0.1", protocol: "tcp" }],
        volumes: [
          { type: "volume", source: "mongo-data", target: "/data/db" },
          { type: "bind", source: "/shop/init", target: "/docker-entrypoint-initdb.d", read_only: true },
          { type: "volume", source: "mongo-1", target: "/data/configdb" },
        ],
      },
      migrate: {
        build: { context: "/shop/api" },
        image: "shop-migrate",
        command: ["node", "migrate.js"],
        restart: "no",
        depends_on: { mongo: { condition: "service_healthy" } },
        networks: { default: { aliases: [] } },
        ports: [],
      },
      "drydock-waiter": {
        image: "drydock-waiter",
        depends_on: { migrate: { condition: "service_completed_successfully" } },
      },
    },
    volumes: { "mongo-data": {}, "mongo-1": {} },
    secrets: { password: { file: "/shop/password" } },
  });
});
