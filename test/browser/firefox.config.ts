import { defineConfig } from 'vitest/config';

/** The smoke run of the platform in Firefox, and the tests of the drivers: `npm run smoke:firefox`. */
export default defineConfig({
  test: {
    include: ['test/browser/{raw-*,firefox-platform}.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
