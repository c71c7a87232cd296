import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The vital modules, each with the quickest tests that hold it: arguments of vitest, run one after the other until a test
 * fails.
 */
const TESTS: Record<string, readonly string[]> = {
  'src/hubspot/signature.ts': ['src/hubspot/signature.test.ts'],
  'src/hubspot/retry-policy.ts': ['src/hubspot/retry-policy.test.ts'],
  'src/hubspot/limit.ts': ['src/hubspot/limit.test.ts'],
  'src/installation/issued-tokens.ts': ['src/installation/issued-tokens.test.ts src/installation/tokens'],
  'src/installation/tokens.ts': ['src/installation/tokens'],
  'src/installation/channel-state.ts': ['src/installation/channel-state.test.ts'],
  'src/webhook/parse.ts': ['src/webhook/parse.test.ts src/webhook/lenient-payloads.test.ts'],
  'src/webhook/dispatch.ts': [
    'tests/e2e/dispatch.test.ts',
    "tests/e2e/warnings.test.ts tests/e2e/publishers-app.test.ts -t 'is disconnected in HubSpot|a signed webhook|that all share'",
  ],
  'src/authorize/owner-session.ts': [
    'src/authorize/owner-session.test.ts src/authorize/seal.test.ts',
    'tests/e2e/callback.test.ts',
  ],
  'src/authorize/callback.ts': ['tests/e2e/callback.test.ts', "tests/e2e/unknown-customers.test.ts -t 'saving warns'"],
  'src/authorize/account.ts': [
    'tests/e2e/publishers-app.test.ts',
    'tests/e2e/callback.test.ts tests/e2e/moving.test.ts',
  ],
  'src/authorize/connect.ts': ['tests/e2e/authorizing.test.ts tests/e2e/authorizing-refused.test.ts'],
  'src/authorize/try-it.ts': ['tests/e2e/try-it.test.ts'],
  'src/setup/connect-channel.ts': [
    'src/setup/connect-channel.test.ts',
    'tests/e2e/saving.test.ts',
    "tests/e2e/warnings.test.ts -t 'are a warning, and'",
    'tests/e2e/publishers-app.test.ts',
  ],
  'src/setup/ensure-channel.ts': ['src/setup/ensure-channel.test.ts'],
  'src/setup/explain-setup.ts': [
    'src/setup/explain-setup.test.ts',
    "tests/e2e/warnings.test.ts tests/e2e/unknown-customers.test.ts -t 'events|saving warns'",
    'tests/e2e/callback.test.ts',
  ],
  'src/setup/register.ts': [
    "tests/e2e/saving.test.ts -t 'before the first|Account ID|authorized|uninstalling|names the scopes|was revoked|pasted|no more than'",
    "tests/e2e/moving.test.ts -t 'taking over|switching to'",
    "tests/e2e/wrong-settings.test.ts -t 'message of a save when'",
    'tests/e2e/publishers-app.test.ts',
  ],
  'src/actions/create-user.ts': ["tests/e2e/people.test.ts -t 'the user of a customer'"],
  'src/actions/start-hitl.ts': [
    "tests/e2e/people.test.ts -t 'a session'",
    "tests/e2e/as-botpress.test.ts tests/e2e/history.test.ts -t 'repeats|odd input|refuses'",
    "tests/e2e/refusals.test.ts tests/e2e/unknown-customers.test.ts -t 'connected|with 400|was deleted|succeeds once'",
    "tests/e2e/card.test.ts -t 'named in a tag'",
  ],
  'src/actions/stop-hitl.ts': ['tests/e2e/stopping.test.ts'],
  'src/events/agent-assigned.ts': ["tests/e2e/assignments.test.ts tests/e2e/dispatch.test.ts -t 'an assignment'"],
  'src/events/thread-ended.ts': ["tests/e2e/thread-ends.test.ts tests/e2e/dispatch.test.ts -t 'the end of a thread'"],
  'src/events/agent-message.ts': [
    'tests/e2e/agent-messages.test.ts',
    'tests/e2e/assignments.test.ts tests/e2e/thread-ends.test.ts',
    'tests/e2e/agent-replies.test.ts',
    "tests/e2e/give-back.test.ts tests/e2e/showing-names.test.ts tests/e2e/try-it.test.ts -t 'once|owner wants|ticks off'",
  ],
  'src/events/agent-files.ts': ['tests/e2e/agent-replies.test.ts'],
  'src/events/give-back.ts': ['tests/e2e/give-back.test.ts'],
  'src/events/introduction.ts': ['src/events/introduction.test.ts', 'tests/e2e/showing-names.test.ts'],
  'src/events/lost-messages.ts': [
    "tests/e2e/lost-webhooks.test.ts -t 'nothing is missing|arrives (in|alone|whole)'",
    "tests/e2e/thread-ends.test.ts tests/e2e/give-back.test.ts -t 'told at once|only the closing'",
  ],
  'src/people/agent.ts': [
    'src/people/agent.test.ts',
    "tests/e2e/agent-names.test.ts tests/e2e/assignments.test.ts -t 'an agent'",
    "tests/e2e/two-installations.test.ts -t 'their own agents'",
  ],
  'src/people/availability.ts': ['src/people/availability.test.ts'],
  'src/people/customer-contact.ts': ['src/people/customer-contact.test.ts'],
  'src/people/customer-identifier.ts': ['src/people/customer-identifier.test.ts'],
  'src/people/customer.ts': ['tests/e2e/people.test.ts'],
  'src/people/phone.ts': ['src/people/phone.test.ts src/people/customer-identifier.test.ts'],
}

/** Stryker is no dependency: 9.5.1 is the last version for Node 20, and only this command needs it. */
const STRYKER = '@stryker-mutator/core@9.5.1'

/** With a lower score, in per cent, a run fails. */
const LEAST = 85

const [part] = process.argv.slice(2)
if (part === undefined)
  throw new Error('Name a part of a path, such as "signature", or "src" for all modules, which takes hours')
const chosen = Object.entries(TESTS).filter(([module]) => module.includes(part))
if (chosen.length === 0) throw new Error(`No module's path contains "${part}"`)

const directory = mkdtempSync(join(tmpdir(), 'mutate-'))
for (const [module, tests] of chosen) {
  const config = join(directory, 'stryker.json')
  writeFileSync(config, JSON.stringify(configOf(module, tests)))
  const { status } = spawnSync('npx', ['--yes', STRYKER, 'run', config], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
rmSync(directory, { recursive: true })

/** One mutant costs one run of the tests. Sentences are left alone: tests quote only what a person must find in them. */
function configOf(module: string, tests: readonly string[]) {
  return {
    mutate: [module],
    mutator: { excludedMutations: ['StringLiteral'] },
    testRunner: 'command',
    commandRunner: { command: tests.map((each) => `node_modules/.bin/vitest run --bail 1 ${each}`).join(' && ') },
    tsconfigFile: 'none',
    tempDirName: '.stryker-tmp',
    concurrency: 2,
    timeoutMS: 180_000,
    thresholds: { high: LEAST, low: LEAST, break: LEAST },
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  }
}
