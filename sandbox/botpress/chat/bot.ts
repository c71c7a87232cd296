/** The small script that stands for the bot's flow. */
export const botSays = {
  anything: 'I am a bot. Ask for a person and I will hand you over.',
  handedOver: 'I have asked a person to join. They should be with you shortly.',
  refused: 'I could not reach a person. I am still here for you.',
  back: 'You are back with the bot.',
}
