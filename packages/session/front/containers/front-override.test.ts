import { testEnvironment, testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { withContainerAccess } from "./front-override.ts";

const access = {
  names: ["shop.localhost", "api.shop.localhost"],
  trustFolder: "/shop/.dev/trust",
  file: "/shop/.dev/front.yml",
};
const services = [
  testService({ name: "api" }),
  testService({ name: "own", environment: { NODE_EXTRA_CA_CERTS: "/own.pem" } }),
  testService({ name: "sidecar", definition: { network_mode: "service:api" } }),
];

test("containers get the names, the certificate, and the variable where they have none of their own", () => {
  const given = testEnvironment("/shop", services);
  const { environment, text } = withContainerAccess(given, access);
  const written = JSON.parse(text.slice(text.indexOf("{")));
  expect(Object.keys(written.services)).toEqual(["api", "own"]);
  expect(written.services.api).toEqual({
    extra_hosts: ["shop.localhost=host-gateway", "api.shop.localhost=host-gateway"],
    volumes: [{ type: "bind", source: "/shop/.dev/trust", target: "/usr/local/share/drydock", read_only: true }],
    environment: { NODE_EXTRA_CA_CERTS: "/usr/local/share/drydock/authority.pem" },
  });
  expect(written.services.own.environment).toEqual({});
  expect(environment.files).toEqual([...given.files, "/shop/.dev/front.yml"]);
  expect(environment.services[0]?.definition).not.toEqual(given.services[0]?.definition);
  expect(environment.services[2]).toBe(given.services[2]);
});
