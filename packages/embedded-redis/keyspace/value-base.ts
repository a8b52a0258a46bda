/** What every value carries for OBJECT IDLETIME, OBJECT FREQ and eviction. */
export abstract class ValueBase {
  /** Unix time in milliseconds of the last access. */
  accessedAt = 0;
  /** The logarithmic access counter of Redis's LFU, 0 to 255; new values begin at 5 (redis.conf, "LFU_INIT_VAL"). */
  frequency = 5;
}
