import type net from 'node:net'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { ownTemporaryFolder, refusal, type TemporaryFolder } from '../../tests/support/downloads'
import { startSocketStranger } from '../../tests/support/strangers'
import { download } from './download'
import type { RefusalReason } from './refused'

/** What a server does with one connection. */
type Trick = (socket: net.Socket) => void

const TOTAL_MS = 400
const OPTIONS = { allowLoopback: true, totalMs: TOTAL_MS }
/** For servers whose trick ends the download before its deadline. */
const PATIENT_MS = 20_000

const OK = 'HTTP/1.1 200 OK\r\n'
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n`
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'

/** Answers the first bytes with these, and leaves the connection open. */
const says =
  (bytes: string): Trick =>
  (socket) =>
    socket.once('data', () => socket.write(bytes, 'latin1'))

const saysAndEnds =
  (bytes: string): Trick =>
  (socket) =>
    socket.once('data', () => socket.end(bytes, 'latin1'))

/** Says the first, then the second again and again. */
const drips =
  (first: string, drop: string, everyMs = 20): Trick =>
  (socket) =>
    socket.once('data', () => {
      socket.write(first)
      const timer = setInterval(() => socket.write(drop), everyMs)
      socket.on('close', () => clearInterval(timer))
    })

/** As fast as the connection takes it. */
const pours =
  (first: string, drop: string): Trick =>
  (socket) =>
    socket.once('data', () => {
      socket.write(first)
      const pour = () => {
        while (!socket.destroyed && socket.write(drop.repeat(1000)));
      }
      socket.on('drain', pour)
      pour()
    })

const TRICKS: readonly [name: string, trick: Trick, reason: RefusalReason][] = [
  // The connection.
  ['reads nothing in time', (socket) => setTimeout(() => socket.resume(), 2 * TOTAL_MS), 'tooSlow'],
  ['reads and says nothing', (socket) => socket.resume(), 'tooSlow'],
  ['closes at once', (socket) => socket.destroy(), 'unreachable'],
  ['resets at once', (socket) => socket.resetAndDestroy(), 'unreachable'],
  ['ends its half at once', (socket) => socket.resume().end(), 'unreachable'],
  ['speaks before it is asked', (socket) => socket.resume().write(`${OK}content-length: 1\r\n\r\n`), 'tooSlow'],
  ['resets within the headers', (socket) => socket.write(OK, () => socket.resetAndDestroy()), 'unreachable'],
  ['resets within the body', saysAndResets(`${OK}content-length: 9\r\n\r\nx`), 'unreachable'],

  // The status line.
  ['sends half a status line', says('HTTP/1.1 2'), 'tooSlow'],
  ['drips its status line', drips('HTTP/1.', '1'), 'unreachable'],
  ['drips line breaks', drips('', '\r\n'), 'tooSlow'],
  ['speaks HTTP/0.9', saysAndEnds('a picture'), 'unreachable'],
  ['speaks HTTP/2', says('\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64'), 'unreachable'],
  ['speaks HTTP/3.7', says('HTTP/3.7 200 OK\r\ncontent-length: 1\r\n\r\nx'), 'unreachable'],
  ['speaks SSH', says('SSH-2.0-OpenSSH_9.2\r\n'), 'unreachable'],
  ['speaks SMTP, slowly', drips('220 mail.example\r\n', '250-x\r\n'), 'unreachable'],
  ['speaks TLS', says('\x16\x03\x01\x00\x05hello'), 'unreachable'],
  ['has a status of four digits', saysAndEnds('HTTP/1.1 2000 OK\r\n\r\nx'), 'unreachable'],
  ['has status 000', saysAndEnds('HTTP/1.1 000 OK\r\ncontent-length: 1\r\n\r\nx'), 'unreachable'],
  ['has status 999', saysAndEnds('HTTP/1.1 999 OK\r\ncontent-length: 1\r\n\r\nx'), 'unreachable'],

  // Answers that are not the last one.
  ['switches protocols', says(SWITCH), 'tooSlow'],
  ['switches protocols and hangs up', saysAndEnds(SWITCH), 'tooSlow'],
  ['switches protocols and resets', saysAndResets(SWITCH), 'tooSlow'],
  ['switches protocols and drips', drips(SWITCH, 'x'), 'tooSlow'],
  ['switches protocols and pours', pours(SWITCH, 'x'), 'tooSlow'],
  ['switches protocols, then answers', says(`${SWITCH}${OK}content-length: 1\r\n\r\nx`), 'tooSlow'],
  ['switches to no protocol', says('HTTP/1.1 101 Switching Protocols\r\n\r\n'), 'unreachable'],
  ['switches to HTTP/2', says(SWITCH.replace('websocket', 'h2c')), 'tooSlow'],
  ['says to continue and no more', says('HTTP/1.1 100 Continue\r\n\r\n'), 'tooSlow'],
  ['says to continue and hangs up', saysAndEnds('HTTP/1.1 100 Continue\r\n\r\n'), 'unreachable'],
  ['drips 100 Continue', drips('', 'HTTP/1.1 100 Continue\r\n\r\n'), 'tooSlow'],
  ['pours 100 Continue', pours('', 'HTTP/1.1 100 Continue\r\n\r\n'), 'tooSlow'],
  ['drips 102 Processing', drips('', 'HTTP/1.1 102 Processing\r\n\r\n'), 'tooSlow'],
  ['pours 103 Early Hints', pours('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'), 'tooSlow'],
  ['says 199 and no more', says('HTTP/1.1 199 Soon\r\n\r\n'), 'tooSlow'],

  // Headers.
  ['stops within a header', says(`${OK}x-a: `), 'tooSlow'],
  ['drips one header', drips(`${OK}x-a: `, 'a'), 'tooSlow'],
  ['drips headers', drips(OK, 'x-a: a\r\n'), 'tooSlow'],
  ['pours one header', pours(`${OK}x-a: `, 'a'), 'unreachable'],
  ['pours headers', pours(OK, 'x-a: a\r\n'), 'unreachable'],
  ['has a header without a name', saysAndEnds(`${OK}: a\r\n\r\nx`), 'unreachable'],
  ['has a header without a colon', saysAndEnds(`${OK}nonsense\r\n\r\nx`), 'unreachable'],
  ['has a NUL in a header', saysAndEnds(`${OK}x-a: \0\r\n\r\nx`), 'unreachable'],
  ['has two lengths', saysAndEnds(`${OK}content-length: 1\r\ncontent-length: 2\r\n\r\nxx`), 'unreachable'],
  ['has a length and chunks', saysAndEnds(`${CHUNKED.trimEnd()}\r\ncontent-length: 1\r\n\r\nx`), 'unreachable'],
  ['has a length below zero', saysAndEnds(`${OK}content-length: -1\r\n\r\nx`), 'unreachable'],
  ['has a length of many digits', saysAndEnds(`${OK}content-length: ${'9'.repeat(40)}\r\n\r\nx`), 'unreachable'],
  ['has a length that is too large', says(`${OK}content-length: 100001\r\n\r\n`), 'tooLarge'],
  ['has an unknown encoding', saysAndEnds(`${OK}content-encoding: x\r\n\r\nx`), 'compressed'],
  ['keeps the connection alive after nothing', says(`${OK}content-length: 0\r\n\r\n`), 'empty'],

  // Redirects.
  ['redirects to itself', saysAndEnds('HTTP/1.1 302 Found\r\nlocation: /\r\n\r\n'), 'tooManyRedirects'],
  ['redirects with an endless body', drips('HTTP/1.1 302 Found\r\nlocation: /\r\n\r\n', 'x'), 'tooManyRedirects'],
  ['redirects nowhere', says('HTTP/1.1 302 Found\r\n\r\n'), 'unreachable'],
  ['redirects to an empty address', saysAndEnds('HTTP/1.1 302 Found\r\nlocation: \r\n\r\n'), 'tooManyRedirects'],
  ['redirects to two addresses', saysAndEnds('HTTP/1.1 300 Choices\r\nlocation: /\r\n\r\n'), 'unreachable'],
  ['redirects to a script', saysAndEnds('HTTP/1.1 302 Found\r\nlocation: javascript:x\r\n\r\n'), 'notHttps'],
  ['redirects to a file', saysAndEnds('HTTP/1.1 307 Found\r\nlocation: file:///etc/passwd\r\n\r\n'), 'notHttps'],
  [
    'redirects elsewhere in private',
    saysAndEnds('HTTP/1.1 301 x\r\nlocation: https://10.0.0.1/\r\n\r\n'),
    'notAllowed',
  ],
  ['redirects slowly each time', redirectsAfter(150), 'tooSlow'],
  ['refuses with an endless body', drips('HTTP/1.1 404 Not Found\r\n\r\n', 'x'), 'gone'],
  ['fails with an endless body', drips('HTTP/1.1 500 Oh\r\n\r\n', 'x'), 'unreachable'],

  // The body.
  ['sends no body', says(`${OK}content-length: 9\r\n\r\n`), 'tooSlow'],
  ['stops within its body', says(`${OK}content-length: 9\r\n\r\nx`), 'tooSlow'],
  ['drips its body', drips(`${OK}\r\n`, 'x'), 'tooSlow'],
  ['drips less than its length', drips(`${OK}content-length: 99999\r\n\r\n`, 'x'), 'tooSlow'],
  ['pours more than the limit', pours(`${OK}\r\n`, 'x'.repeat(1000)), 'tooLarge'],
  ['ends before its length', saysAndEnds(`${OK}content-length: 9\r\n\r\nx`), 'unreachable'],
  ['drips chunks', drips(CHUNKED, '1\r\nx\r\n'), 'tooSlow'],
  ['drips a chunk size', drips(CHUNKED, '0'), 'tooSlow'],
  ['pours chunk extensions', pours(`${CHUNKED}1;`, 'a=b;'), 'unreachable'],
  ['has a chunk that is not hexadecimal', saysAndEnds(`${CHUNKED}zz\r\nx\r\n`), 'unreachable'],
  ['has a chunk beyond all numbers', saysAndEnds(`${CHUNKED}${'f'.repeat(20)}\r\nx`), 'unreachable'],
  ['has a chunk longer than it says', saysAndEnds(`${CHUNKED}1\r\nxxx\r\n0\r\n\r\n`), 'unreachable'],
  ['sends no last chunk', says(`${CHUNKED}1\r\nx\r\n`), 'tooSlow'],
  ['stops before the end of its trailers', says(`${CHUNKED}1\r\nx\r\n0\r\nx-a: `), 'tooSlow'],
  ['drips trailers', drips(`${CHUNKED}1\r\nx\r\n0\r\n`, 'x-a: a\r\n'), 'tooSlow'],
  ['pours trailers', pours(`${CHUNKED}1\r\nx\r\n0\r\n`, 'x-a: a\r\n'), 'unreachable'],
]

function saysAndResets(bytes: string): Trick {
  return (socket) => socket.once('data', () => socket.write(bytes, () => socket.resetAndDestroy()))
}

function redirectsAfter(ms: number): Trick {
  return (socket) =>
    socket.once('data', () => setTimeout(() => socket.end('HTTP/1.1 302 Found\r\nlocation: /\r\n\r\n'), ms))
}

describe.concurrent('a download ends by its deadline and leaves no file and no connection, if the server', () => {
  let temporary: TemporaryFolder
  beforeAll(async () => {
    temporary = await ownTemporaryFolder()
  })
  afterAll(async () => temporary.assertEmptyAndRemove())

  it.for(TRICKS)('%s', async ([, trick, reason], { expect }) => {
    const stranger = await startSocketStranger(trick)
    const totalMs = reason === 'tooSlow' ? TOTAL_MS : PATIENT_MS
    const started = performance.now()
    const thrown = await refusal(download(stranger.url, { ...OPTIONS, totalMs, maxBytes: 100_000 }))
    const tookMs = performance.now() - started
    await expect.poll(() => stranger.open()).toBe(0)
    await stranger.close()
    expect({ reason: thrown.reason, isLate: tookMs > totalMs + 2000 }).toEqual({ reason, isLate: false })
  })

  it.for<[string, Trick]>([
    ['says nothing', (socket) => socket.resume()],
    ['drips its handshake', drips('\x16\x03\x03\xff\xff', 'x')],
    ['has no certificate', says('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['closes', (socket) => socket.resume().end()],
  ])('speaks TLS and %s', async ([, trick], { expect }) => {
    const stranger = await startSocketStranger(trick)
    const link = stranger.url.replace('http:', 'https:')
    const { reason } = await refusal(download(link, OPTIONS))
    expect(['tooSlow', 'unreachable']).toContain(reason)
    await expect.poll(() => stranger.open()).toBe(0)
    await stranger.close()
  })
})
