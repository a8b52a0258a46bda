import { expect, test } from "vitest";
import { checkProviders } from "./check-providers.ts";

const found = (variables: Readonly<Record<string, string>>) =>
  checkProviders({ directory: "/", files: [], envFiles: [], profiles: [], variables }, new AbortController().signal);

test("what no program is here for is run by the embedded server: nothing is missing", async () => {
  const [mongo] = await found({ PATH: "/nowhere" });
  expect(mongo?.level).toBe("ok");
  expect(mongo?.message).toMatch(
    /^(mongod at \/|mongod is not installed: without Docker, the embedded MongoDB stands in)/i,
  );
});

test("DRYDOCK_PROVIDERS=embedded is said, beside the programs that it passes over", async () => {
  const findings = await found({ PATH: "/nowhere", DRYDOCK_PROVIDERS: "embedded" });
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^The embedded MongoDB runs.*: DRYDOCK_PROVIDERS=embedded$/),
    expect.stringMatching(/^The embedded Redis runs.*: DRYDOCK_PROVIDERS=embedded$/),
    expect.stringMatching(/^The embedded edge runs.*: DRYDOCK_PROVIDERS=embedded$/),
  ]);
});
