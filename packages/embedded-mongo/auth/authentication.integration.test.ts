import type { MongoClientOptions } from "mongodb";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve, type TestServer } from "../test-client.ts";

let server: TestServer;
let root: MongoClient;

beforeAll(async () => {
  server = await serve({ user: { name: "root", password: "geheim: ä/@" } });
  root = await server.connect();
});
afterAll(() => server.end());

const as = (username: string, password: string, options: MongoClientOptions = {}): Promise<MongoClient> =>
  server.connect({ auth: { username, password }, ...options }, `mongodb://127.0.0.1:${server.mongo.port}/`);

test("the first user has every right, by either mechanism", async () => {
  for (const authMechanism of ["SCRAM-SHA-256", "SCRAM-SHA-1"] as const) {
    const client = await as("root", "geheim: ä/@", { authMechanism });
    expect(await client.db("admin").command({ connectionStatus: 1 })).toMatchObject({
      authInfo: {
        authenticatedUsers: [{ user: "root", db: "admin" }],
        authenticatedUserRoles: [{ role: "root", db: "admin" }],
      },
    });
    await client.db("a").collection("b").insertOne({ c: 1 });
  }
});

test("wrong passwords and unknown users are refused alike", async () => {
  for (const name of ["root", "nobody"]) {
    for (const authMechanism of ["SCRAM-SHA-256", "SCRAM-SHA-1", "DEFAULT"] as const)
      await expect(as(name, "wrong", { authMechanism })).rejects.toMatchObject({ codeName: "AuthenticationFailed" });
  }
});

test("without a login only the handshake and its like are answered", async () => {
  const client = await new MongoClient(`mongodb://127.0.0.1:${server.mongo.port}/`).connect();
  const admin = client.db("admin");
  expect(await admin.command({ ping: 1 })).toMatchObject({ ok: 1 });
  for (const command of [{ find: "c" }, { insert: "c", documents: [{}] }, { listDatabases: 1 }, { serverStatus: 1 }])
    await expect(admin.command(command)).rejects.toMatchObject({ codeName: "Unauthorized" });
  await client.close();
});

test("a user may do what its roles say, from the moment they are changed", async () => {
  const shop = root.db("shop");
  await shop.command({ createUser: "reader", pwd: "r", roles: ["read"] });
  await expect(shop.command({ createUser: "reader", pwd: "r", roles: [] })).rejects.toMatchObject({ code: 51003 });
  const client = await as("reader", "r", { authSource: "shop" });
  const items = client.db("shop").collection("items");
  expect(await items.find().toArray()).toEqual([]);
  await expect(items.insertOne({ a: 1 })).rejects.toMatchObject({ code: 13 });
  await expect(client.db("other").collection("x").findOne()).rejects.toMatchObject({ code: 13 });
  await shop.command({ grantRolesToUser: "reader", roles: ["readWrite"] });
  await items.insertOne({ a: 1 });
  await expect(items.createIndex({ a: 1 })).resolves.toBe("a_1");
  await shop.command({ revokeRolesFromUser: "reader", roles: ["readWrite"] });
  await expect(items.insertOne({ a: 2 })).rejects.toMatchObject({ code: 13 });
});

test("users are told, changed and removed", async () => {
  const shop = root.db("changing");
  await shop.command({ createUser: "u", pwd: "one", roles: [{ role: "readWrite", db: "shop" }], customData: { a: 1 } });
  expect(await shop.command({ usersInfo: "u" })).toMatchObject({
    users: [
      {
        _id: "changing.u",
        user: "u",
        db: "changing",
        roles: [{ role: "readWrite", db: "shop" }],
        customData: { a: 1 },
      },
    ],
  });
  await shop.command({ updateUser: "u", pwd: "two" });
  await expect(as("u", "one", { authSource: "changing" })).rejects.toMatchObject({ codeName: "AuthenticationFailed" });
  const client = await as("u", "two", { authSource: "changing" });
  await shop.command({ dropUser: "u" });
  await expect(client.db("shop").collection("a").findOne()).rejects.toMatchObject({ code: 13 });
  await expect(shop.command({ dropUser: "u" })).rejects.toMatchObject({ codeName: "UserNotFound" });
  await expect(shop.command({ createUser: "x", pwd: "x", roles: ["nonsense"] })).rejects.toMatchObject({
    codeName: "RoleNotFound",
  });
});

test("privileges of the user are told with their resources, and roles by their names", async () => {
  await root.db("told").command({ createUser: "viewer", pwd: "v", roles: ["read"] });
  const client = await as("viewer", "v", { authSource: "told" });
  const { authInfo } = await client.db("told").command({ connectionStatus: 1, showPrivileges: true });
  expect(authInfo.authenticatedUserPrivileges).toMatchObject([{ resource: { db: "told", collection: "" } }]);
  expect(authInfo.authenticatedUserPrivileges[0].actions).toContain("find");
  expect(authInfo.authenticatedUserPrivileges[0].actions).not.toContain("insert");
  const admin = await root.db("admin").command({ connectionStatus: 1, showPrivileges: true });
  const resources = admin.authInfo.authenticatedUserPrivileges.map((each: { resource: unknown }) => each.resource);
  expect(resources).toEqual([{ db: "", collection: "" }, { cluster: true }]);
  const { users } = await root.db("told").command({ usersInfo: "viewer", showPrivileges: true });
  expect(users[0].inheritedPrivileges).toEqual(authInfo.authenticatedUserPrivileges);
  const { roles } = await root.db("told").command({ rolesInfo: "read", showPrivileges: true });
  expect(roles).toMatchObject([{ role: "read", db: "told", isBuiltin: true }]);
  expect(roles[0].privileges).toEqual(authInfo.authenticatedUserPrivileges);
  expect(await root.db("told").command({ rolesInfo: 1 })).toMatchObject({ roles: [] });
  const all = await root.db("told").command({ rolesInfo: 1, showBuiltinRoles: true });
  expect(all.roles.map((each: { role: string }) => each.role)).toContain("dbOwner");
});

test("a user of one database sees that one in the lists", async () => {
  await root.db("seen").collection("things").insertOne({});
  await root.db("unseen").collection("things").insertOne({});
  await root.db("seen").command({ createUser: "seer", pwd: "s", roles: ["readWrite"] });
  const client = await as("seer", "s", { authSource: "seen" });
  const admin = client.db("admin");
  expect(await admin.command({ listDatabases: 1 })).toMatchObject({ databases: [{ name: "seen" }] });
  await expect(admin.command({ listDatabases: 1, authorizedDatabases: false })).rejects.toMatchObject({ code: 13 });
  const own = { nameOnly: true, authorizedCollections: true };
  expect(await client.db("seen").listCollections({}, own).toArray()).toMatchObject([{ name: "things" }]);
  expect(await client.db("unseen").listCollections({}, own).toArray()).toEqual([]);
  await expect(client.db("unseen").listCollections().toArray()).rejects.toMatchObject({ code: 13 });
  const all = await root.db("admin").command({ listDatabases: 1, nameOnly: true });
  expect(all.databases).toEqual(expect.arrayContaining([{ name: "seen" }, { name: "unseen" }]));
});

test("who reads and writes a database may also give it its collections and indexes", async () => {
  await root.db("built").command({ createUser: "builder", pwd: "b", roles: ["readWrite"] });
  const built = (await as("builder", "b", { authSource: "built" })).db("built");
  await built.collection("a").insertOne({ n: 1 });
  await built.collection("a").rename("b");
  await built
    .collection("b")
    .aggregate([{ $out: "c" }])
    .toArray();
  expect(await built.collection("c").drop()).toBe(true);
  await expect(built.collection("b").rename("x", { dropTarget: true })).resolves.toMatchObject({});
  const elsewhere = built.collection("x").aggregate([{ $out: { db: "elsewhere", coll: "c" } }]);
  await expect(elsewhere.toArray()).rejects.toMatchObject({ code: 13 });
  await expect(built.dropDatabase()).rejects.toMatchObject({ code: 13 });
  const bulk = (database: string) => ({
    bulkWrite: 1,
    ops: [{ insert: 0, document: {} }],
    nsInfo: [{ ns: `${database}.c` }],
  });
  const admin = (await as("builder", "b", { authSource: "built" })).db("admin");
  expect(await admin.command(bulk("built"))).toMatchObject({ nInserted: 1 });
  await expect(admin.command(bulk("elsewhere"))).rejects.toMatchObject({ code: 13 });
});

test("everybody may ask about themselves, but about nobody else", async () => {
  const db = root.db("asked");
  for (const name of ["asker", "other"]) await db.command({ createUser: name, pwd: "a", roles: ["readWrite"] });
  const own = (await as("asker", "a", { authSource: "asked" })).db("asked");
  expect(await own.command({ usersInfo: "asker" })).toMatchObject({ users: [{ user: "asker" }] });
  for (const usersInfo of [
    "other",
    ["asker", "other"],
    "nobody",
    1,
    { forAllDBs: true },
    { user: "root", db: "admin" },
  ])
    await expect(own.command({ usersInfo })).rejects.toMatchObject({ code: 13 });
});

test("who administers a database may look at its collections and change them, but not read", async () => {
  await root.db("kept").collection("a").insertOne({ n: 1 });
  await root.db("kept").command({ createUser: "keeper", pwd: "k", roles: ["dbAdmin"] });
  const kept = (await as("keeper", "k", { authSource: "kept" })).db("kept");
  expect(await kept.listCollections().toArray()).toMatchObject([{ name: "a" }]);
  expect(await kept.collection("a").createIndex({ n: 1 })).toBe("n_1");
  expect(await kept.command({ collStats: "a" })).toMatchObject({ count: 1 });
  await expect(kept.collection("a").findOne()).rejects.toMatchObject({ code: 13 });
  await expect(kept.collection("a").insertOne({})).rejects.toMatchObject({ code: 13 });
  expect(await kept.dropDatabase()).toBe(true);
});

test("a session's cursor is its user's alone", async () => {
  await root.db("admin").command({ createUser: "other", pwd: "o", roles: ["readAnyDatabase"] });
  const items = root.db("mine").collection("items");
  await items.insertMany([{}, {}, {}]);
  const { cursor } = await root.db("mine").command({ find: "items", batchSize: 1 });
  const other = await as("other", "o");
  await expect(other.db("mine").command({ getMore: cursor.id, collection: "items" })).rejects.toThrow();
});

test("a user with one mechanism logs in by it, and by the driver's own choice", async () => {
  await root.db("admin").command({ createUser: "old", pwd: "o", roles: ["root"], mechanisms: ["SCRAM-SHA-1"] });
  for (const authMechanism of ["SCRAM-SHA-1", "DEFAULT"] as const)
    expect(await (await as("old", "o", { authMechanism })).db("a").collection("x").countDocuments()).toBe(0);
  await expect(as("old", "o", { authMechanism: "SCRAM-SHA-256" })).rejects.toMatchObject({
    codeName: "AuthenticationFailed",
  });
});
