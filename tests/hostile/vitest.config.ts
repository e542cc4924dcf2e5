import { defineConfig } from 'vitest/config';

/** Hostile pages against a victim in a real browser, one browser at a time. */
export default defineConfig({
  test: {
    include: ['tests/hostile/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    maxWorkers: 1,
    retry: 0,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    allowOnly: false,
  },
});
