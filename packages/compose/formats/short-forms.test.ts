import { describe, expect, test } from "vitest";
import { parsePortSpec } from "./port-spec.ts";
import { parseVolumeSpec } from "./volume-spec.ts";

describe("ports", () => {
  test.each([
    ["80", [{ target: 80, protocol: "tcp" }]],
    ["8080:80/UDP", [{ target: 80, published: "8080", protocol: "udp" }]],
    ["127.0.0.1:8080:80", [{ target: 80, published: "8080", hostIp: "127.0.0.1", protocol: "tcp" }]],
    ["127.0.0.1::80", [{ target: 80, hostIp: "127.0.0.1", protocol: "tcp" }]],
    ["[::1]:1:2", [{ target: 2, published: "1", hostIp: "::1", protocol: "tcp" }]],
    ["8000-8005:80", [{ target: 80, published: "8000-8005", protocol: "tcp" }]],
    [
      "1-2:3-4",
      [
        { target: 3, published: "1", protocol: "tcp" },
        { target: 4, published: "2", protocol: "tcp" },
      ],
    ],
  ])("%s", (text, ports) => {
    expect(parsePortSpec(text)).toEqual(ports);
  });

  test.each(["", "x", "80:", "0-", "5-4", "1:2:3:4", "70000", "80/x", "80/tcp/udp", "1-3:1-2", "host:1:2"])(
    "%j is none",
    (text) => {
      expect(typeof parsePortSpec(text)).toBe("string");
    },
  );
});

describe("mounts", () => {
  const plain = { isReadOnly: false, noCopy: false };
  test.each([
    ["/data", { ...plain, type: "volume", target: "/data" }],
    ["data:/data", { ...plain, type: "volume", source: "data", target: "/data" }],
    ["./a:/b:ro", { ...plain, type: "bind", source: "./a", target: "/b", isReadOnly: true }],
    ["~/a:/b:z,rslave", { ...plain, type: "bind", source: "~/a", target: "/b", selinux: "z", propagation: "rslave" }],
    ["C:\\a:/b", { ...plain, type: "bind", source: "C:\\a", target: "/b" }],
    ["vol:/b:nocopy,ro,rw", { ...plain, type: "volume", source: "vol", target: "/b", noCopy: true }],
    ["x", { ...plain, type: "volume", target: "x" }],
  ])("%s", (text, mount) => {
    expect(parseVolumeSpec(text)).toEqual(mount);
  });

  test.each(["", ":/a", "/a:", "vol:/b:ro:more", "vol::b"])("%j is none", (text) => {
    expect(typeof parseVolumeSpec(text)).toBe("string");
  });
});
