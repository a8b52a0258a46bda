import { expect, test } from "vitest";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

test("a user may run only the commands, on only the keys and channels, that its rules name", async () => {
  const server = await startTestServer();
  const admin = await server.connect();
  const rules = ["on", ">pw", "~app:*", "%R~shared:*", "&news*", "+@read", "+set", "-keys", "+publish", "+config|get"];
  expect(await admin.call("ACL", "SETUSER", "alice", ...rules)).toEqual({ simple: "OK" });
  const alice = await server.connect();
  expect(await alice.call("AUTH", "alice", "pw")).toEqual({ simple: "OK" });
  expect(await alice.call("SET", "app:1", "x")).toEqual({ simple: "OK" });
  expect(await alice.call("GET", "shared:1")).toBeNull();
  expect(await alice.call("SET", "shared:1", "x")).toEqual({ error: "NOPERM No permissions to access a key" });
  expect(await alice.call("KEYS", "*")).toEqual({
    error: "NOPERM User alice has no permissions to run the 'keys' command",
  });
  expect(await alice.call("PUBLISH", "news:1", "x")).toBe(0);
  expect(await alice.call("PUBLISH", "other", "x")).toEqual({ error: "NOPERM No permissions to access a channel" });
  expect(await alice.call("CONFIG", "GET", "maxmemory")).toEqual(["maxmemory", "0"]);
  expect(await alice.call("CONFIG", "SET", "maxmemory", "0")).toHaveProperty("error");
  expect(await admin.call("ACL", "LOG")).toHaveLength(4);
  const { closed } = alice;
  expect(await admin.call("ACL", "DELUSER", "alice")).toBe(1);
  await closed;
});

test("a user's rules are shown, and wrong ones are refused as a whole", async () => {
  const client = await (await startTestServer()).connect();
  expect(await client.call("ACL", "WHOAMI")).toBe("default");
  expect(await client.call("ACL", "LIST")).toEqual(["user default on nopass sanitize-payload ~* &* +@all"]);
  expect(await client.call("ACL", "SETUSER", "bob", "on", "+nosuch")).toEqual({
    error: "ERR Error in ACL SETUSER modifier '+nosuch': Unknown command or category name in ACL",
  });
  expect(await client.call("ACL", "GETUSER", "bob")).toBeNull();
  await client.call("ACL", "SETUSER", "bob", "on", "nopass", "~x", "+@all", "-@dangerous");
  expect(await client.call("ACL", "GETUSER", "bob")).toEqual([
    "flags",
    ["on", "nopass"],
    "passwords",
    [],
    "commands",
    "+@all -@dangerous",
    "keys",
    "~x",
    "channels",
    "",
    "selectors",
    [],
  ]);
  expect(await client.call("ACL", "DRYRUN", "bob", "GET", "y")).toBe("No permissions to access a key");
  expect(await client.call("ACL", "GENPASS")).toMatch(/^[0-9a-f]{64}$/);
});
