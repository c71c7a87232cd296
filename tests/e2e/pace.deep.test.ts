import { describePace } from '../support/pace'

for (const callMs of [50, 400]) describePace(callMs)
