import { commonPools, type Family, type Pools } from "./command-grammar.ts";

const bitPools: Pools = {
  ...commonPools,
  o: ["0", "1", "7", "8", "15", "31", "100", "-1", "x", "#1", "#2"],
  s: ["0", "1", "2", "-1", "-2", "5", "100", "-100"],
  t: ["u1", "u8", "i8", "i5", "u16", "i64", "u63", "u64", "i65", "q8"],
};

const scorePools: Pools = {
  ...commonPools,
  r: ["-inf", "+inf", "1", "(1", "2.5", "(2.5", "0", "x", "(x"],
  l: ["-", "+", "[m1", "(m1", "[m3", "[", "m2", "(\xe9"],
};

const streamPools: Pools = {
  ...commonPools,
  id: ["1-1", "1-2", "2", "3-0", "5-5", "0", "0-0", "x", "1-x", "18446744073709551615-18446744073709551615"],
  r: ["-", "+", "1", "2-0", "(1-1", "(2", "5", "x"],
  g: ["g", "h"],
  c: ["c1", "c2"],
};

const geoPools: Pools = {
  ...commonPools,
  // No two are equally far from 0 0: the order of those is nobody's promise.
  c: ["13.361389 38.115556", "15.087269 37.502669", "-179.8 10", "179.9 10", "0 0", "13.4 38.1", "10 85", "10 86"],
  u: ["m", "km", "mi", "ft", "x"],
  d: ["0", "1", "10", "200", "30000", "-1", "x"],
};

/** Sorted sets, bitmaps, streams, HyperLogLog, GEO. */
export const specialFamilies: readonly Family[] = [
  {
    name: "sorted sets",
    pools: scorePools,
    templates: [
      "ZADD $k [NX|XX] [GT|LT] [CH] [INCR] {$f $m}",
      "ZADD $k {$f $m}",
      "ZINCRBY $k $f $m",
      "ZCARD $k",
      "ZSCORE|ZRANK|ZREVRANK $k $m",
      "ZMSCORE|ZREM $k {$m}",
      "ZCOUNT|ZREMRANGEBYSCORE $k $r $r",
      "ZADD lex {0 $m}",
      "ZLEXCOUNT|ZREMRANGEBYLEX lex $l $l",
      "ZREMRANGEBYRANK $k $i $i",
      "ZRANGE|ZREVRANGE $k $i $i [WITHSCORES]",
      "ZRANGE $k $r $r BYSCORE [REV] [LIMIT $n $i] [WITHSCORES]",
      "ZRANGE lex $l $l BYLEX [REV] [LIMIT $n $i]",
      "ZRANGEBYSCORE|ZREVRANGEBYSCORE $k $r $r [WITHSCORES] [LIMIT $n $i]",
      "ZRANGEBYLEX|ZREVRANGEBYLEX lex $l $l [LIMIT $n $i]",
      "ZRANGESTORE $k $k $i $i [REV]",
      "ZPOPMIN|ZPOPMAX $k [$i]",
      "ZMPOP $n {$k} MIN|MAX [COUNT $i]",
      "ZUNION|ZINTER $n {$k} [WEIGHTS {$f}] [AGGREGATE SUM|MIN|MAX] [WITHSCORES]",
      "ZDIFF $n {$k} [WITHSCORES]",
      "ZUNIONSTORE|ZINTERSTORE $k $n {$k} [AGGREGATE SUM|MIN|MAX]",
      "ZDIFFSTORE $k $n {$k}",
      "ZINTERCARD $n {$k} [LIMIT $n]",
      "SADD c {$m}",
      "SET d x",
    ],
  },
  {
    name: "bitmaps",
    pools: bitPools,
    templates: [
      "SET $k $v",
      "SETBIT $k $o 0|1|2",
      "GETBIT $k $o",
      "BITCOUNT $k [$s $s [BYTE|BIT]]",
      "BITPOS $k 0|1|2 [$s [$s [BYTE|BIT]]]",
      "BITOP AND|OR|XOR|NOT $k {$k}",
      "BITFIELD $k [GET $t $o] [OVERFLOW WRAP|SAT|FAIL|X] [SET $t $o $i] [INCRBY $t $o $i]",
      "BITFIELD $k OVERFLOW SAT|FAIL INCRBY $t $o $i",
      "BITFIELD_RO $k GET $t $o [SET $t $o $i]",
      "GET $k",
      "RPUSH d x",
    ],
  },
  {
    name: "streams",
    pools: streamPools,
    templates: [
      "XADD $k $id {$m $v}",
      "XADD $k 5-* {$m $v}",
      "XADD $k [NOMKSTREAM] [MAXLEN|MINID [=] $n] 7-* a 1",
      "XLEN $k",
      "XRANGE|XREVRANGE $k $r $r [COUNT $i]",
      "XDEL $k {$id}",
      "XTRIM $k MAXLEN|MINID [=|~] $i [LIMIT $n]",
      "XREAD [COUNT $i] STREAMS $k $id|$",
      "XGROUP CREATE $k $g $id|$ [MKSTREAM]",
      "XGROUP SETID $k $g $id|$",
      "XGROUP DESTROY $k $g",
      "XGROUP CREATECONSUMER|DELCONSUMER $k $g $c",
      "XREADGROUP GROUP $g $c [COUNT $n] [NOACK] STREAMS $k >|$id",
      "XACK $k $g {$id}",
      "XPENDING $k $g",
      "XCLAIM $k $g claimer 0 {$id} [FORCE] [JUSTID] [RETRYCOUNT $n]",
      "XAUTOCLAIM $k $g claimer 0 $id [COUNT $n] [JUSTID]",
      "XINFO GROUPS $k",
      "XSETID $k $id [ENTRIESADDED $n MAXDELETEDID $id]",
      "SET d x",
    ],
  },
  {
    name: "hyperloglog",
    templates: [
      "PFADD $k {$m}",
      "PFADD $k {$v}",
      "PFCOUNT {$k}",
      "PFMERGE $k {$k}",
      "STRLEN $k",
      "SET d x",
      "LPUSH c x",
    ],
  },
  {
    name: "geo",
    pools: geoPools,
    templates: [
      "GEOADD $k [NX|XX] [CH] {$c $m}",
      "GEOADD $k 13.361389 38.115556 $m 15.087269 37.502669 $m",
      "GEOPOS|GEOHASH $k {$m}",
      "GEODIST $k $m $m [$u]",
      "GEOSEARCH $k FROMLONLAT $c BYRADIUS $d $u ASC [COUNT $n] [WITHDIST] [WITHHASH] [WITHCOORD]",
      "GEOSEARCH $k FROMMEMBER $m BYBOX $d $d $u DESC [COUNT $n] [WITHDIST] [WITHCOORD]",
      "GEORADIUS $k $c $d $u ASC [COUNT $n] [WITHDIST] [WITHHASH] [WITHCOORD]",
      "GEORADIUSBYMEMBER $k $m $d $u ASC [STORE|STOREDIST b]",
      "GEOSEARCHSTORE b $k FROMLONLAT $c BYBOX $d $d $u [STOREDIST]",
      "ZRANGE b 0 -1 WITHSCORES",
      "SET d x",
    ],
  },
];
