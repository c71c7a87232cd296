// The package is CommonJS, so Vite warns about ES module syntax in this file.
import vitest = require('vitest/config')

const shared = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // `vitest.deep.config.ts` runs these.
  exclude: [...vitest.configDefaults.exclude, '**/*.deep.test.ts'],
}

export = vitest.defineConfig({
  test: {
    silent: 'passed-only',
    maxWorkers: 4,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{src,sandbox}/**/*.test.ts', 'tests/{contract,definition,hubspot-app,layout}/*.test.ts'],
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
