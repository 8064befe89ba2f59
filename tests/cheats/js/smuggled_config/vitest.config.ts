export default { test: { retry: 3, setupFiles: ["./setup.ts"] } };
