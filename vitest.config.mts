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
          include: ['{src,sandbox}/**/*.test.ts', 'tests/{contract,definition,hubspot-app}/*.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/{e2e,bundle}/*.test.ts', 'bench/*.test.ts'],
          globalSetup: ['tests/support/build-bundle.mts'],
          setupFiles: ['tests/support/check-secrets.mts'],
        },
      },
      {
        test: {
          ...shared,
          // A whole handoff by hand, on a machine that may be busy.
          testTimeout: 120_000,
          name: 'browser',
          include: ['tests/browser/*.test.ts'],
          globalSetup: ['tests/support/build-bundle.mts', 'tests/support/find-browser.mts'],
          setupFiles: ['tests/support/check-secrets.mts'],
        },
      },
    ],
  },
})
