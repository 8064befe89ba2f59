// `node:os`: answers that are the same on every machine.

export const os = {
  EOL: "\n",
  arch: () => "wasm32",
  availableParallelism: () => 1,
  cpus: () => [],
  endianness: () => "LE",
  freemem: () => 0,
  homedir: () => "/tmp",
  hostname: () => "sandbox",
  platform: () => "linux",
  release: () => "",
  tmpdir: () => "/tmp",
  totalmem: () => 0,
  type: () => "Linux",
  uptime: () => __host.now() / 1e3,
  userInfo: () => ({ username: "sandbox", uid: 0, gid: 0, homedir: "/tmp", shell: null }),
};
