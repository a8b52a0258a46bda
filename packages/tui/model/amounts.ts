/** A share of one core as the screen shows it: `3 %`, `120 %`. */
export const cpuText = (cpu: number): string => `${Math.round(cpu * 100)} %`;

/** Bytes in at most four characters: `512K`, `88M`, `1.2G` (powers of 1024). */
export function memoryText(bytes: number): string {
  const units = ["K", "M", "G", "T"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 9.95 && unit >= 2 ? value.toFixed(1) : Math.round(value)}${units[unit]}`;
}

/** A duration as a person says it: `0.2 s`, `14 s`, `3 min 5 s`. */
export function durationText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}
