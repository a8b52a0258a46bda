import { useInput } from "ink";
import { useCallback, useLayoutEffect, useSyncExternalStore } from "react";
import { dashboardModel } from "../model/dashboard-model.ts";
import { readKeys } from "../terminal/read-keys.ts";
import type { ScreenStore } from "../terminal/screen-store.ts";
import { DashboardView } from "./DashboardView.tsx";

interface Props {
  readonly store: ScreenStore;
  readonly hasColour: boolean;
  /** Called when the screen goes away, for whatever reason: Ink takes it down for signals and errors too. */
  readonly onGone: () => void;
}

/** Draws the store's state whenever it has changed, and gives it the keys. */
export function Screen({ store, hasColour, onGone }: Props) {
  useSyncExternalStore(store.onFrame, store.frame);
  const onInput = useCallback(
    (input: string, flags: Parameters<typeof readKeys>[1]) => {
      for (const key of readKeys(input, flags)) store.key(key);
    },
    [store],
  );
  useInput(onInput);
  useLayoutEffect(() => onGone, [onGone]);
  return <DashboardView model={dashboardModel(store.state)} hasColour={hasColour} />;
}
