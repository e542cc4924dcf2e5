import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'panel/**/*.test.{ts,tsx}',
      'demo/**/*.test.ts',
      'tests/{unit,equality}/**/*.test.ts',
    ],
    environment: 'node',
    // A slow machine is no failure: nothing here measures time.
    testTimeout: 30_000,
  },
});
