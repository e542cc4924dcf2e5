import { defineConfig } from 'vitest/config';

/** One browser at a time: what is measured and clicked must not be disturbed by a neighbour. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    maxWorkers: 1,
    retry: 0,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // A test that was marked to run alone would leave the others out in silence.
    allowOnly: false,
  },
});
