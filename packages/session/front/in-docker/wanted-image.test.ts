import { testService } from "@drydock/testing";
import { expect, test } from "vitest";
import { wantedImage } from "./wanted-image.ts";

const api = testService({ name: "api", image: "node:24" });
const inner = testService({ name: "inner", image: "nginx:1.28-alpine", expose: [80] });
const proxy = testService({
  name: "proxy",
  image: "mirror.example/library/nginx:1.29",
  ports: [{ target: 80, published: "8080", protocol: "tcp" }],
});

test("the stack's own nginx has the image, the published one before others", () => {
  const pulled = { isOfStack: true, mayBePulled: true };
  expect(wantedImage({ services: [api, inner] })).toEqual({ image: "nginx:1.28-alpine", ...pulled });
  expect(wantedImage({ services: [inner, proxy] })).toEqual({ image: "mirror.example/library/nginx:1.29", ...pulled });
});

test("a stack without one has the usual image, which is taken only where it is", () => {
  expect(wantedImage({ services: [api] })).toEqual({ image: "nginx:1.30", isOfStack: false, mayBePulled: false });
});

test("what the stack builds, or never pulls, is not pulled for the front", () => {
  const built = { ...inner, build: { context: "/shop", dockerfile: "Dockerfile" } };
  const kept = { ...inner, definition: { image: "nginx:1.28-alpine", pull_policy: "never" } };
  for (const service of [built, kept]) expect(wantedImage({ services: [service] }).mayBePulled).toBe(false);
});
