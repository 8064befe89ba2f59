// Where snapshots lie: beside the tests, in the file system of the suite. They are read and never written.

const join = (folder, name) => `${folder}/${name}`;

const split = (path) => {
  const at = path.lastIndexOf("/");
  return [path.slice(0, at), path.slice(at + 1)];
};

export class SnapshotFiles {
  getVersion() {
    return "1";
  }
  getHeader() {
    return `// Snapshot v${this.getVersion()}`;
  }
  async resolveRawPath(testPath, rawPath) {
    return rawPath.startsWith("/") ? rawPath : new URL(rawPath, `file://${testPath}`).pathname;
  }
  async resolvePath(testPath) {
    const [folder, name] = split(testPath);
    return join(folder, `__snapshots__/${name}.snap`);
  }
  async prepareDirectory() {}
  async saveSnapshotFile(path) {
    throw new Error(`${path}: snapshots are not written in the sandbox`);
  }
  async readSnapshotFile(path) {
    const bytes = __host.read(path);
    return bytes ? __host.decode(bytes, false) : null;
  }
  async removeSnapshotFile() {}
}
