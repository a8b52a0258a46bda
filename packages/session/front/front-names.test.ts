import { expect, test } from "vitest";
import { certificateNames, httpsUrl, projectHost, routeHost, serviceHost } from "./front-names.ts";

test.each([
  ["shop", "shop.localhost"],
  ["my_shop", "my-shop.localhost"],
  ["Shop.v2_", "shop-v2.localhost"],
  ["__", "service.localhost"],
  ["a".repeat(80), `${"a".repeat(63)}.localhost`],
])("the project %s is at %s", (project, host) => {
  expect(projectHost(project)).toBe(host);
});

test("services stand below their project, routes where they say", () => {
  expect(serviceHost("order_api", "shop")).toBe("order-api.shop.localhost");
  expect(routeHost(undefined, "shop.localhost")).toBe("shop.localhost");
  expect(routeHost("admin", "shop.localhost")).toBe("admin.shop.localhost");
  expect(routeHost("shop.example", "shop.localhost")).toBe("shop.example");
  expect(httpsUrl("shop.localhost", 443)).toBe("https://shop.localhost");
  expect(httpsUrl("shop.localhost", 8443)).toBe("https://shop.localhost:8443");
});

test("a certificate is for the project with all below it, for this machine, and for names elsewhere", () => {
  const own = ["shop.localhost", "*.shop.localhost", "localhost", "127.0.0.1", "::1"];
  expect(certificateNames("shop", ["shop.localhost", "api.shop.localhost"])).toEqual(own);
  // A wildcard stands for one label (RFC 9525, section 6.3).
  expect(certificateNames("shop", ["a.b.shop.localhost", "shop.example", "notshop.localhost"])).toEqual([
    ...own,
    "a.b.shop.localhost",
    "shop.example",
    "notshop.localhost",
  ]);
});
