import { defineConfig } from 'vitest/config';

/** The taps and the way in a real browser, one browser at a time. */
export default defineConfig({
  test: {
    include: ['tests/hook/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    maxWorkers: 1,
    retry: 0,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    allowOnly: false,
  },
});
