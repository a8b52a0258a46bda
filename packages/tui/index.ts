export { type ScreenExit, type ScreenOptions, showScreen } from "./show-screen.ts";
