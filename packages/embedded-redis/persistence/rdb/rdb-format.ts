/** The newest version that this server reads: that of Redis 7.4. */
export const newestVersion = 12;
/** What it writes: Redis 7.0 and newer load it. */
export const usualVersion = 10;
/** What it writes when a hash has fields that expire: Redis 7.4 and newer load it. */
export const fieldExpiryVersion = 12;

/** Opcodes of a file, between and around the keys (rdb.h of Redis). */
export const opcode = {
  slotInfo: 0xf4,
  function: 0xf5,
  functionPreview: 0xf6,
  moduleAux: 0xf7,
  idle: 0xf8,
  frequency: 0xf9,
  aux: 0xfa,
  resize: 0xfb,
  expiryMs: 0xfc,
  expirySeconds: 0xfd,
  select: 0xfe,
  end: 0xff,
} as const;

/** Types of values (rdb.h of Redis). */
export const valueType = {
  string: 0,
  list: 1,
  set: 2,
  sortedSetText: 3,
  hash: 4,
  sortedSet: 5,
  modulePreview: 6,
  module: 7,
  hashZipmap: 9,
  listZiplist: 10,
  setIntset: 11,
  sortedSetZiplist: 12,
  hashZiplist: 13,
  listQuicklist: 14,
  stream: 15,
  hashListpack: 16,
  sortedSetListpack: 17,
  listQuicklist2: 18,
  stream2: 19,
  setListpack: 20,
  stream3: 21,
  hashExpiryPreview: 22,
  hashExpiryListpackPreview: 23,
  hashExpiry: 24,
  hashExpiryListpack: 25,
} as const;
