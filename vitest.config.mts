import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,sandbox,tests}/**/*.test.ts'],
    globalSetup: ['tests/support/build-bundle.mts'],
    setupFiles: ['tests/support/check-secrets.mts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    silent: 'passed-only',
  },
})
