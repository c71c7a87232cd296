import { defineConfig } from 'vitest/config'

const shared = { testTimeout: 30_000, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    silent: 'passed-only',
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{src,sandbox}/**/*.test.ts', 'tests/{contract,definition}/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/*.test.ts'],
          globalSetup: ['tests/support/build-bundle.mts'],
          setupFiles: ['tests/support/check-secrets.mts'],
        },
      },
    ],
  },
})
