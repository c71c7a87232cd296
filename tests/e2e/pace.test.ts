import { describePace } from '../support/pace'

for (const callMs of [0, 100]) describePace(callMs)
