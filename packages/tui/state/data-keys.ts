import type { Binding } from "./binding.ts";

/** The keys of the tab Data. */
export const dataKeys: readonly Binding[] = [
  { id: "seed", keys: ["s"], label: "seed", help: "seed the dataset", group: "data" },
  {
    id: "seed-again",
    keys: ["S"],
    label: "seed again",
    help: "remove what is in the dataset's collections and seed it again",
    group: "data",
    isConfirmed: true,
  },
  { id: "save", keys: ["n"], label: "new snapshot", help: "save a snapshot of the data", group: "data" },
  {
    id: "restore",
    keys: ["r"],
    label: "restore",
    help: "restore the snapshot or the backup: it takes the place of the data",
    group: "data",
    isConfirmed: true,
  },
  { id: "remove", keys: ["x"], label: "remove", help: "remove the snapshot", group: "data", isConfirmed: true },
  {
    id: "switch-branch",
    keys: ["w"],
    label: "switch",
    help: "switch to the branch of the data",
    group: "data",
    isConfirmed: true,
  },
  { id: "new-branch", keys: ["B"], label: "new branch", help: "begin a new branch of the data", group: "data" },
  {
    id: "prune",
    keys: ["P"],
    label: "prune",
    help: "remove the branches whose git branch is gone",
    group: "data",
    isConfirmed: true,
  },
  { id: "back-up", keys: ["u"], label: "back up", help: "make a backup of the data", group: "data" },
  { id: "verify", keys: ["v"], label: "verify", help: "verify the backup in a scratch server", group: "data" },
  { id: "cancel", keys: ["c"], label: "cancel", help: "cancel the work on the data", group: "data" },
];
