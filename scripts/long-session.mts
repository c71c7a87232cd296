/** What a customer and a bot that runs on a language model said before the bot asked for a person. */

const kim = (text: string) => ({ source: { type: 'user', userId: '' }, type: 'text', payload: { text } })
const bot = (text: string) => ({ source: { type: 'bot' }, type: 'text', payload: { text } })
const offers = (text: string, ...labels: string[]) => ({
  source: { type: 'bot' },
  type: 'choice',
  payload: { text, options: labels.map((label) => ({ label, value: label })) },
})

export const TITLE = '**Blue vase arrived broken**, refund or replacement'

export const DESCRIPTION = `Kim's order **1042** arrived with a broken vase. She needs it by *Friday* and prefers:

1. a replacement, if it arrives in time
2. otherwise a refund of 49 €

Tracking: [DHL 00340434](https://tracking.example.com/00340434)`

export const MESSAGES = [
  kim('Hello'),
  bot('Hello! I am the **shop assistant**. What can I do for you?'),
  offers('Choose a topic:', 'Order', 'Return', 'Something else'),
  kim('Order'),
  bot('Which order is it about? The number is in your [confirmation](https://shop.example.com/orders).'),
  kim('1042 I think'),
  kim('or wait'),
  kim('yes 1042, the vase'),
  bot('I found it:\n\n- **1 × Blue vase**, 49 €\n- Shipped on *Monday* with DHL\n- Status: delivered yesterday'),
  kim('It came broken!!'),
  bot('I am sorry to hear that. Could you send a picture?'),
  {
    ...kim(''),
    type: 'image',
    payload: { imageUrl: 'https://files.example.com/broken-vase.jpg', title: 'broken-vase.jpg' },
  },
  bot('Thank you, I can see that it is broken.'),
  offers('What would you like?', 'Refund', 'Replacement', 'Talk to a person'),
  kim('Replacement'),
  bot('Here is what we have:'),
  {
    source: { type: 'bot' },
    type: 'carousel',
    payload: {
      items: ['Blue vase', 'Green vase'].map((title) => ({
        title,
        subtitle: '49 €, two left',
        imageUrl: 'https://files.example.com/vase.jpg',
        actions: [{ action: 'postback', label: 'Take this one', value: title }],
      })),
    },
  },
  kim('Blue vase please'),
  bot('A replacement usually takes **5 to 7 days**.'),
  kim('That is too long. It is a present\nand the birthday is on Friday'),
  bot('I understand. Express delivery costs 12 €.'),
  kim('I should not have to pay for that, you sent a broken one'),
  bot(
    'Our terms say:\n\n> Express delivery is free if the first delivery was damaged.\n\nSo it should be free for you.',
  ),
  kim('Great, then do that'),
  bot('I cannot order free express deliveries myself.'),
  kim('who can?'),
  bot('A colleague of mine can. Shall I ask one?'),
  offers('Talk to a person?', 'Yes', 'No'),
  kim('Yes'),
  bot('I have escalated this conversation to a human agent. They should be with you shortly.'),
]
