import { wording } from './wording'

/** The plugin's configuration, its version and its pace; each can be turned while the stand-in runs. */
export type PluginSwitches = {
  /** "Escalation Started Message"; the word NULL silences it. */
  escalationStartedMessage: string
  /** "Agent Assigned Timeout" in seconds; 0 waits without end. */
  agentAssignedTimeout: number
  /** "Continue Flow on Session End" */
  continueFlowOnSessionEnd: boolean
  /** "Use Human Agent Info": the agent's name and picture, in webchat. */
  useHumanAgentInfo: boolean
  closeCommand: string
  /** Whether an agent's message assigns its author where no agent is assigned; plugins before 1.3.0 never do it. */
  assignsAuthors: boolean
  /** How long one call of the Botpress API takes the bot, in milliseconds; a function is asked for each call anew. */
  botCallMs: number | (() => number)
}

export const defaultSwitches: PluginSwitches = {
  escalationStartedMessage: wording.escalationStarted,
  agentAssignedTimeout: 0,
  continueFlowOnSessionEnd: true,
  useHumanAgentInfo: true,
  closeCommand: '/end',
  assignsAuthors: true,
  botCallMs: 0,
}
