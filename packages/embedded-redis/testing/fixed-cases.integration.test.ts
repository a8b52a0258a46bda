import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Oracle, startOracle } from "./oracle.ts";
import { whyNoRealRedis } from "./real-redis.ts";

/** Sequences whose replies are fixed, a family each: what random commands seldom reach. */
const cases: Readonly<Record<string, readonly string[]>> = {
  "errors name what is wrong": [
    "NOSUCH a b",
    "GET",
    "SET a",
    "CONFIG NOSUCH",
    "CLIENT SETNAME a\\tb",
    "SELECT 16",
    "HELLO 4",
    "OBJECT ENCODING nothing",
    "CONFIG SET nosuch 1",
    "CONFIG SET maxmemory x",
    "CONFIG SET maxmemory-policy x",
    "EXEC",
    "DISCARD",
    "RENAME nothing a",
    "SWAPDB 0 16",
    "SCAN x",
    "SCAN 0 COUNT 0",
    "SCAN 0 NOSUCH",
    "DEBUG ERROR MYERR",
    "CLIENT KILL 1.2.3.4:5",
    "CLIENT REPLY x",
    "CLIENT TRACKING ON",
    "CLIENT CACHING YES",
    "AUTH x",
    "AUTH default x y",
    "COMMAND GETKEYS",
    "SUBSTR a 0",
    "REPLICAOF 1 2 3",
  ],
  "encodings are those of Redis": [
    "SET i 12345",
    "SET e abc",
    `SET r ${"x".repeat(45)}`,
    "SADD si 1 2 3",
    `SADD sh ${"x".repeat(65)}`,
    "HSET hl a 1",
    `HSET hh a ${"x".repeat(65)}`,
    "ZADD zl 1 a",
    `ZADD zs 1 ${"x".repeat(65)}`,
    "XADD st 1-1 a b",
    ...["i", "e", "r", "si", "sh", "hl", "hh", "zl", "zs", "st"].map((key) => `OBJECT ENCODING ${key}`),
    "APPEND e x",
    "OBJECT ENCODING e",
  ],
  "settings are read and written": [
    "CONFIG SET maxmemory 100mb",
    "CONFIG GET maxmemory",
    "CONFIG SET maxmemory 0",
    "CONFIG SET notify-keyspace-events KEA",
    "CONFIG GET notify-keyspace-events",
    "CONFIG SET notify-keyspace-events Kx$",
    "CONFIG GET notify-keyspace-events",
    "CONFIG SET notify-keyspace-events q",
    "CONFIG SET hash-max-listpack-entries 10",
    "CONFIG GET hash-max-ziplist-entries",
    "CONFIG SET hash-max-listpack-entries 512 slowlog-max-len 128",
    "CONFIG RESETSTAT",
  ],
  "connections tell of themselves": [
    "CLIENT SETNAME me",
    "CLIENT GETNAME",
    "CLIENT NO-EVICT on",
    "CLIENT GETREDIR",
    "CLIENT TRACKINGINFO",
    "ECHO hi",
    "PING hi",
    "ACL WHOAMI",
    "ACL CAT nosuch",
    "ACL SETUSER bob on >pw ~x* &c* +@read +config|get",
    "ACL GETUSER bob",
    "ACL DELUSER bob nobody",
    "ACL DELUSER default",
    "CLIENT UNBLOCK 999",
    "CLIENT LIST ID 9999",
  ],
  "commands describe their keys": [
    "COMMAND GETKEYS SET a b",
    "COMMAND GETKEYS MSET a 1 b 2",
    "COMMAND GETKEYS ZUNION 2 a b",
    "COMMAND GETKEYS ZUNIONSTORE d 2 a b",
    "COMMAND GETKEYS EVAL x 2 a b c",
    "COMMAND GETKEYS XREAD COUNT 1 STREAMS a b 0 0",
    "COMMAND GETKEYS SORT a STORE b",
    "COMMAND GETKEYS GEORADIUS a 0 0 1 m STORE b",
    "COMMAND GETKEYS BITOP AND d a b",
    "COMMAND GETKEYS OBJECT ENCODING a",
    "COMMAND INFO nosuch",
  ],
  "the server tells of itself": [
    "ROLE",
    "WAIT 0 0",
    "CONFIG SET slowlog-log-slower-than -1",
    "SLOWLOG RESET",
    "SLOWLOG LEN",
    "SLOWLOG GET",
    "LATENCY LATEST",
    "LATENCY RESET",
    "DBSIZE",
    "PUBSUB CHANNELS",
    "PUBSUB NUMPAT",
    "PUBSUB NUMSUB a b",
    "SPUBLISH c m",
    "OBJECT FREQ a",
    "MEMORY USAGE nothing",
  ],
  "small collections are scanned at once and in their order": [
    "HSET h c 1 a 2 b 3",
    "HSCAN h 0 COUNT 1",
    "HSCAN h 0 MATCH [ab]",
    "SADD i 3 1 2",
    "SSCAN i 0 COUNT 1",
    "ZADD z 2 a 1 b 1.5 c",
    "ZSCAN z 0 COUNT 1",
  ],
  "sorting follows patterns": [
    "RPUSH l 3 1 2",
    "MSET w_1 30 w_2 20 w_3 10 o_1 one o_2 two",
    "HSET h_1 f 5 n a",
    "HSET h_2 f 4 n b",
    "SORT l",
    "SORT l DESC LIMIT 0 2",
    "SORT l BY w_* GET # GET o_* GET h_*->n",
    "SORT l BY h_*->f",
    "SORT l BY nosort GET #",
    "SORT l ALPHA STORE d",
    "LRANGE d 0 -1",
    "SORT_RO l STORE d",
    "RPUSH t b a C",
    "SORT t",
    "SORT t ALPHA",
  ],
};

describe.skipIf(whyNoRealRedis)(`Fixed commands answer as a real server does (${whyNoRealRedis ?? "compared"})`, () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle();
  });
  afterAll(() => oracle.stop());

  for (const [sentence, lines] of Object.entries(cases)) {
    test.each([2, 3] as const)(`${sentence} (RESP%d)`, async (protocol) => {
      const { ours, real } = await oracle.compare(
        lines.map((line) => line.split(" ").map((word) => word.replaceAll("\\t", "\t"))),
        protocol,
      );
      const told = (replies: readonly unknown[]) => lines.map((line, index) => [line, replies[index]]);
      expect(told(ours)).toEqual(told(real));
    });
  }
});
