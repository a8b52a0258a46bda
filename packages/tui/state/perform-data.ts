import type { DataActionId } from "./binding.ts";
import type { DashboardState } from "./dashboard-state.ts";
import type { DataRow, Snapshot } from "./data-view.ts";
import type { DataEffect } from "./effect.ts";
import { type Reduced, reduced } from "./happening.ts";
import { chosenRow } from "./move-data.ts";

/** The name under which work on the data is kept among those that are busy; no service can have it. */
export const dataBusy = "@data";

/** Does what a key of the data's list asks for; what loses something asks first. */
export function performData(state: DashboardState, id: DataActionId): Reduced {
  const row = chosenRow(state);
  switch (id) {
    case "seed":
      return onDataset(state, row, (name) =>
        begin(state, { kind: "seed", dataset: name, reset: false, label: `seeding ${name}` }),
      );
    case "seed-again":
      return onDataset(state, row, (name) =>
        ask(
          state,
          `Seed ${name} again?`,
          [
            `Everything in the collections and keys that ${name} has is removed first, also what was not seeded.`,
            sinceSnapshot(state),
          ],
          { kind: "seed", dataset: name, reset: true, label: `seeding ${name} again` },
        ),
      );
    case "save":
      return reduced({ ...state, overlay: { kind: "input", purpose: "snapshot-name", text: "" } });
    case "restore":
      if (row?.kind === "backup") return restoreBackup(state, row.backup.id);
      return onSnapshot(state, row, (snapshot) => {
        const servers = snapshot.parts.map(({ service }) => service).join(" and ");
        return ask(
          state,
          `Restore ${snapshot.id}?`,
          [
            `What ${servers} ${snapshot.parts.length === 1 ? "holds" : "hold"} now is lost; ${snapshot.parts.length === 1 ? "it restarts" : "they restart"} with the snapshot's data.`,
            sinceSnapshot(state),
          ],
          { kind: "restore", name: snapshot.id, label: `restoring ${snapshot.id}` },
        );
      });
    case "remove":
      return onSnapshot(state, row, ({ id: name }) =>
        ask(state, `Remove the snapshot ${name}?`, ["It cannot be brought back. The data of now stays as it is."], {
          kind: "remove",
          name,
          label: `removing ${name}`,
        }),
      );
    case "switch-branch":
      return onBranch(state, row);
    case "new-branch":
      return reduced({ ...state, overlay: { kind: "input", purpose: "branch-name", text: "" } });
    case "prune":
      return prune(state);
    case "back-up":
      return begin(state, { kind: "back-up", label: "backing up" });
    case "verify": {
      if (row?.kind !== "backup") return say(state, "choose a backup first");
      return begin(state, { kind: "verify", name: row.backup.id, label: `verifying ${row.backup.id}` });
    }
    case "cancel":
      return state.busy.has(dataBusy)
        ? reduced(state, { kind: "cancel-data" })
        : say(state, "nothing is under way that was begun here");
  }
}

/** What Enter does to the row under the cursor: what is done with it most. */
export function enterData(state: DashboardState): Reduced {
  switch (chosenRow(state)?.kind) {
    case "dataset":
      return performData(state, "seed");
    case "snapshot":
      return performData(state, "restore");
    case "backup":
      return performData(state, "verify");
    case "branch":
      return performData(state, "switch-branch");
    default:
      return say(state, "n saves a snapshot of the data");
  }
}

/** Begins work on the data, unless some that was begun here is under way. */
export function begin(state: DashboardState, effect: DataEffect): Reduced {
  const underWay = state.busy.get(dataBusy);
  if (underWay !== undefined) return say(state, `still ${underWay}: c cancels it`);
  return reduced({ ...state, busy: new Map(state.busy).set(dataBusy, effect.label) }, effect);
}

const ask = (state: DashboardState, question: string, consequences: readonly string[], effect: DataEffect): Reduced =>
  reduced({ ...state, overlay: { kind: "ask", question, consequences, effect } });

const say = (state: DashboardState, text: string): Reduced => reduced({ ...state, message: { text, isError: false } });

/** Whether what is about to be lost could be had again. */
function sinceSnapshot({ data }: DashboardState): string {
  const [newest] = data.overview?.snapshots ?? [];
  if (!newest) return "There is no snapshot of it: n saves one first.";
  const at = new Date(newest.createdAt);
  return `What changed since the newest snapshot, ${newest.id} of ${at.toLocaleString("sv-SE")}, is in none: n saves one first.`;
}

const onDataset = (state: DashboardState, row: DataRow | undefined, act: (name: string) => Reduced): Reduced => {
  if (row?.kind === "dataset") return act(row.dataset.name);
  const usual = state.data.overview?.datasets.find(({ isDefault }) => isDefault);
  return usual ? act(usual.name) : say(state, "choose a dataset first");
};

const onSnapshot = (state: DashboardState, row: DataRow | undefined, act: (snapshot: Snapshot) => Reduced): Reduced =>
  row?.kind === "snapshot" ? act(row.snapshot) : say(state, "choose a snapshot first");

function onBranch(state: DashboardState, row: DataRow | undefined): Reduced {
  if (row?.kind !== "branch") return say(state, "choose a branch first");
  const { name, isCurrent } = row.branch;
  if (isCurrent) return say(state, `the data is that of ${name} already`);
  const current = state.data.overview?.branches.find((branch) => branch.isCurrent)?.name ?? "now";
  const kept = `Nothing is lost: the data of ${current} is put aside, and a switch back brings it again. The databases restart.`;
  return ask(state, `Switch to branch ${name}?`, [kept], {
    kind: "switch-branch",
    name,
    label: `switching to ${name}`,
  });
}

function restoreBackup(state: DashboardState, id: string): Reduced {
  const kept = "What the databases hold now is replaced. A snapshot of it is saved first, which brings it back.";
  return ask(state, `Restore the backup ${id}?`, [kept], {
    kind: "restore-backup",
    name: id,
    label: `restoring ${id}`,
  });
}

function prune(state: DashboardState): Reduced {
  const gone = (state.data.overview?.branches ?? []).filter(({ isGone }) => isGone).map(({ name }) => name);
  if (gone.length === 0) return say(state, "every branch of the data still has its git branch");
  const [first = ""] = gone;
  const many = gone.length === 1 ? `the branch ${first}` : `${gone.length} branches`;
  const lost = `The data of ${gone.join(", ")} is lost. ${gone.length === 1 ? "Its git branch is" : "Their git branches are"} gone.`;
  return ask(state, `Remove ${many}?`, [lost], { kind: "prune", label: `removing ${many}` });
}
