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

/** Bytes of something kept, in at most four characters: `812B`, `24K`, `1.2M` (powers of 1024). */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)}B`;
  const megabytes = bytes / 1024 ** 2;
  return megabytes >= 0.9995 && megabytes < 9.95 ? `${megabytes.toFixed(1)}M` : memoryText(bytes);
}

/** A duration as a person says it: `0.2 s`, `14 s`, `3 min 5 s`. */
export function durationText(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** How long an answer took: `4 ms`, `1.2 s`, `2 min`. */
export function latencyText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 99_500 ? `${(ms / 1_000).toFixed(ms < 9_950 ? 1 : 0)} s` : `${Math.round(ms / 60_000)} min`;
}

/** How long ago something was: `just now`, `5 min ago`, `3 h ago`, `12 days ago`. */
export function ageText(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1_440)} days ago`;
}
