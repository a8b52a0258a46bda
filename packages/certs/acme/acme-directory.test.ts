import { expect, test } from "vitest";
import { acmeDirectory } from "./acme-directory.ts";

test("the two words are Let's Encrypt's, and its URLs mean the same", () => {
  expect(acmeDirectory("staging")).toMatchObject({ label: "letsencrypt-staging", isStaging: true });
  const production = acmeDirectory("production");
  expect(production).toMatchObject({ label: "letsencrypt", isStaging: false });
  expect(acmeDirectory(production?.url ?? "")).toEqual(production);
});

test("any other authority is a URL, and has a folder of its own", () => {
  const labels = [
    "https://acme.corp.internal/directory",
    "https://localhost:14000/dir",
    "https://ca.test/acme/web/directory",
  ];
  expect(labels.map((url) => acmeDirectory(url)?.label)).toEqual([
    "acme.corp.internal",
    "localhost-14000",
    "ca.test-acme-web",
  ]);
  expect(["prod", "http://acme.test/dir", ""].map(acmeDirectory)).toEqual([undefined, undefined, undefined]);
});
