import { defineConfig } from "vitest/config";

export default defineConfig({
  esbuild: { target: "es2022", jsx: "automatic" },
  test: {
    globalSetup: "test/global-setup.ts",
    setupFiles: ["test/setup.ts"],
    include: ["app/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    exclude: ["node_modules", "build", "data"],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    // Two engines and a browser share a small machine.
    maxWorkers: 2,
  },
});
