import { defineConfig } from 'vitest/config';

/** The smoke run of the platform in Firefox alone: `npm run smoke:firefox`. */
export default defineConfig({
  test: {
    include: ['test/browser/{raw-firefox,firefox-platform}.test.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
