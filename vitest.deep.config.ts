import vitest = require('vitest/config')

/** `npm run test:deep`: the long tests of every kind, in files named `*.deep.test.ts`. */
export = vitest.defineConfig({
  test: {
    name: 'deep',
    silent: 'passed-only',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    include: ['{src,sandbox,tests}/**/*.deep.test.ts'],
    globalSetup: ['tests/support/build-bundle.mts', 'tests/support/find-browser.mts'],
    setupFiles: ['tests/support/check-secrets.mts'],
  },
})
