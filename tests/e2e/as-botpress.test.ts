import { describeAsBotpress } from '../support/as-botpress'

describeAsBotpress(0)
