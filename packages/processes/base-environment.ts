// What a process needs to run at all on this machine; everything else comes from the Compose files alone, as in a container.
const needed = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "TMPDIR",
  "LANG",
  "TZ",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "NODE_EXTRA_CA_CERTS",
  "XDG_CACHE_HOME",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
  "XDG_RUNTIME_DIR",
  "SSH_AUTH_SOCK",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "NVM_DIR",
  "VOLTA_HOME",
  "FNM_DIR",
  // Windows
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "WINDIR",
  "COMSPEC",
  "PATHEXT",
  "TEMP",
  "TMP",
  "APPDATA",
  "LOCALAPPDATA",
  "USERPROFILE",
  "PROGRAMFILES",
  "PROGRAMDATA",
];

/** The caller's variables that every child gets: paths, language, proxies, certificates; nothing of its shell or of its other projects. */
export function baseEnvironment(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => {
      const upper = name.toUpperCase();
      return (
        needed.includes(upper) || upper.startsWith("LC_") || upper.endsWith("_PROXY") || upper.startsWith("NPM_CONFIG_")
      );
    }),
  );
}
