/** What was looked at, as `explain` tells it. */
export interface Examined {
  keys: number;
  documents: number;
}
