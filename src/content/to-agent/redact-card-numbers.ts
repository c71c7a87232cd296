/** How issuers number their cards: the first digits, and how many there are. */
const ISSUERS: readonly [first: RegExp, lengths: readonly number[]][] = [
  // Visa. Numbers of 13 digits are from long ago, and mobile numbers in Austria and Germany look like them.
  [/^4/, [16, 18, 19]],
  [/^4(?![39])/, [13]],
  // Mastercard, American Express, Diners Club.
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-59]|[689])/, [14, 16, 19]],
  // Mir, JCB, and Discover, Maestro, RuPay, Troy and UnionPay.
  [/^(?:220[0-4]|35(?:2[89]|[3-8]))/, [16, 17, 18, 19]],
  [/^(?:5[06-8]|6|8[12]|9792)/, [16, 17, 18, 19]],
]

/** Latin, Arabic, Persian and full-width ones: the last four bits are the value. */
const DIGIT = String.raw`[\d\u0660-\u0669\u06F0-\u06F9\uFF10-\uFF19]`
/** What shows a blank, a dash or nothing between digits, as text, Markdown or HTML. */
const GAP = String.raw`(?:[^\S\r\n]|[\p{Pd}\u2212\p{Cf}*_~\\\x60]|&(?:nbsp|#160);|%20|</?(?:b|code|del|em|i|s|span|strong|u)\b[^<>\d]{0,200}>){1,12}`
/** Points part groups too, and a blank is a plus in an address. */
const PARTED = String.raw`${DIGIT}{4}([.+·])${DIGIT}{4,6}(?:\1${DIGIT}{1,5}){1,3}(?!\1${DIGIT})`
/** A line can end behind the first or before the last group. In the middle, two phone numbers would look like that. */
const [QUAD, LINE_END] = [`${DIGIT}{4}`, String.raw`[ \t]*(?:\r?\n|<br>)[ \t]*`]
const BROKEN = `${QUAD}(?:${LINE_END}${QUAD}[ -]${QUAD}[ -]|[ -]${QUAD}[ -]${QUAD}${LINE_END})${QUAD}(?![ -]?${DIGIT})`
/** Numbers of orders and accounts have letters in them. A word may touch a card's: "Visa4111…". */
const [NO_LETTER_BEFORE, NO_LETTER_AFTER] = [
  String.raw`(?:(?<!(?![ªº])\p{Script=Latin})|(?<=\p{Ll}{3}))`,
  String.raw`(?:(?!\p{Script=Latin})|(?=\p{Ll}{3}))`,
]
/** In an IBAN, "DE44 5001 0517 …", no card's number begins. */
const IN_IBAN = [
  String.raw`(?<![A-Za-z])[A-Za-z]{2}\d{2}(?:[ -]?(?:[A-Z\d]{4}|[a-z]\d{3})){0,7}[ -]`,
  // In lower case, only these countries' are known from a word: "ab12 card 4111 …".
  String.raw`(?<![a-z])(?:bg|gb|gi|ie|lv|mt|nl|ro)\d{2} ?[a-z]{4}(?: ?\d{4}){0,6} ?`,
].join('|')
/** After a plus it is a phone number, unless that stands for a blank; after a point the end of a decimal. */
const RUN = new RegExp(
  String.raw`(?<!${DIGIT}|(?<!\w)\+[ (]{0,2}|\d\.|${IN_IBAN})${NO_LETTER_BEFORE}(?:${PARTED}|${BROKEN}|${DIGIT}+(?:${GAP}${DIGIT}+)*)(?!${DIGIT})${NO_LETTER_AFTER}`,
  'gu',
)
/** The digits of a blank's code are none of the number's. */
const GROUP = new RegExp(`(?<=%20|&#160;|^|[^\\d%#])${DIGIT}+`, 'g')
/** The numbers of digits in the groups that people write a card number in. */
const GROUPED = /^(?:(?: 4){3,4} [1-4]| 4 6 [45]| 4 12|(?: 5){3}| 6 13|(?: 1){13,19})$/
/** Month and year. */
const EXPIRY = /^(?:0[1-9]|1[0-2])[23]\d$/

/**
 * Text, Markdown or HTML in which payment card numbers are shortened to `•••• 1111`. A number has the first digits, length
 * and check digit (Luhn) of a card, and is not part of a longer one. In linear time.
 */
export const redactCardNumbers = (text: string): string => text.replace(RUN, redactRun)

type Group = { digits: string; start: number; end: number }

function redactRun(run: string): string {
  if (run.length < 13) return run
  const groups = [...run.matchAll(GROUP)].map(({ 0: group, index }) => ({
    digits: group.replace(/./g, (digit) => String(digit.charCodeAt(0) & 15)),
    start: index,
    end: index + group.length,
  }))
  let [redacted, rest] = ['', 0]
  for (const [index, { start }] of groups.entries()) {
    const card = start < rest ? undefined : cardFrom(groups, index)
    if (!card) continue
    redacted += run.slice(rest, start) + masked(run.slice(start, card.end), card.digits)
    rest = card.end
  }
  return redacted + run.slice(rest)
}

/** The longest card number that begins with a group and is not part of a longer number in groups of the same size. */
function cardFrom(groups: readonly Group[], first: number): Group | undefined {
  const size = (index: number) => groups[index]?.digits.length
  let [digits, sizes] = ['', '']
  let card: Group | undefined
  for (let last = first; digits.length < 19; last++) {
    const group = groups[last]
    if (!group) break
    digits += group.digits
    sizes += ` ${group.digits.length}`
    // The date of expiry can follow, in a group of four.
    const continues = size(last + 1) === size(first) && !EXPIRY.test(groups[last + 1]?.digits ?? '')
    const isWhole = last === first || (GROUPED.test(sizes) && !continues)
    if (isWhole && isCard(digits)) card = { ...group, digits }
    if (size(first - 1) === size(first)) break
  }
  return card
}

const isCard = (digits: string): boolean =>
  ISSUERS.some(([first, lengths]) => lengths.includes(digits.length) && first.test(digits)) && hasCheckDigit(digits)

/** https://en.wikipedia.org/wiki/Luhn_algorithm */
function hasCheckDigit(digits: string): boolean {
  const values = Array.from(digits, (digit, index) => Number(digit) * (2 - ((digits.length - index) % 2)))
  return values.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0
}

/** Markup among the digits stays, so that none is left open. */
function masked(number: string, digits: string): string {
  const markup = number.match(/<[^<>]*>|[*_~`]/g) ?? []
  return `••••${markup.join('')} ${digits.slice(-4)}`
}
