import { describeAsBotpress } from '../support/as-botpress'

// 0 ms is in `as-botpress.test.ts`.
for (const callMs of [50, 100, 400]) describeAsBotpress(callMs)
