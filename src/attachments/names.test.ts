import fc from 'fast-check'
import { mimes } from 'mrmime'
import { describe, expect, it } from 'vitest'
import { captionOf, cleanName, describeFile, fileUsageType } from './names'

const named = (disposition: string) => describeFile({ disposition, urls: [] }).fileName

describe('the file name in Content-Disposition', () => {
  it.each([
    ['attachment; filename=plan.pdf', 'plan.pdf'],
    ['attachment; filename="the plan.pdf"', 'the plan.pdf'],
    ['attachment;FileName = "a.pdf"', 'a.pdf'],
    ['inline; filename="a \\"b\\" \\\\ c.pdf"', 'c.pdf'],
    ["attachment; filename='a.pdf'", 'a.pdf'],
    ["attachment; filename*=UTF-8''my%2520plan.pdf", 'my plan.pdf'],
    ['attachment; filename="with;semicolon.pdf"; size=1', 'with;semicolon.pdf'],
    ['attachment; filename="fallback.pdf"; filename*=UTF-8\'\'%e2%82%ac%20rates.pdf', '€ rates.pdf'],
    ["attachment; filename*=iso-8859-1'en'%A3%20rates.pdf; filename=no.pdf", '£ rates.pdf'],
    ["attachment; filename*=UTF-8''%E2%82; filename=fallback.pdf", 'fallback.pdf'],
    ["attachment; filename*=KOI8-R''%c1.pdf; filename=fallback.pdf", 'fallback.pdf'],
    [`attachment; filename="${Buffer.from('Grüße 👋.pdf').toString('latin1')}"`, 'Grüße 👋.pdf'],
    ['attachment; filename="Gr\u00FC\u00DFe.pdf"', 'Grüße.pdf'],
    ['attachment; filename="../../etc/passwd.txt"', 'passwd.txt'],
    ['attachment; filename="C:\\\\Users\\\\me\\\\a.pdf"', 'a.pdf'],
    ["attachment; filename*=UTF-8''..%2F..%2Fa.pdf", 'a.pdf'],
    ['attachment; filename="one.pdf"; filename="two.pdf"', 'one.pdf'],
    [String.raw`attachment; filename="C:\Users\me\a.pdf"`, 'a.pdf'],
    ["attachment; filename*=utf8''%C3%A4.pdf", 'ä.pdf'],
    ['attachment; filename="r%C3%A9sum%C3%A9.pdf"', 'résumé.pdf'],
    ['attachment; filename="100%.pdf"', '100%.pdf'],
    ['attachment; filename="50%25 off.pdf"', '50% off.pdf'],
    ['attachment; filename="..%2F..%2Fa.pdf"', 'a.pdf'],
    ['attachment; filename="=?UTF-8?B?UsOkY2hudW5nLnBkZg==?="', 'Rächnung.pdf'],
    ['attachment; filename="=?utf-8?Q?R=C3=A4ch?= =?utf-8?q?nung_1=2Epdf?="', 'Rächnung 1.pdf'],
    ['attachment; filename="=?iso-8859-1?Q?R=E4chnung?=.pdf"', 'Rächnung.pdf'],
    ['attachment; filename="=?koi8-r?B?98/Q0s/T?=.pdf"', 'Вопрос.pdf'],
    ['attachment; filename="=?utf-8*en\'?Q?a?=.pdf"', "=_utf-8_en'_Q_a_=.pdf"],
    ['attachment; filename="=?utf-8*en?Q?a?=.pdf"', 'a.pdf'],
    ['attachment; filename="=?nonsense?Q?a?=.pdf"', '=_nonsense_Q_a_=.pdf'],
    ['attachment; filename="=?utf-8?Q?=FF?=.pdf"', '=_utf-8_Q_=FF_=.pdf'],
    ['attachment; filename=""', 'file'],
    ['attachment; filename="unfinished.pdf', '_unfinished.pdf'],
    ['attachment', 'file'],
    ['', 'file'],
  ])('%j: %s', (header, name) => expect(named(header)).toBe(name))

  it('is parsed fast, whatever the header contains', () => {
    const started = performance.now()
    for (const evil of [
      '; filename="' + '\\'.repeat(16_000),
      ';a'.repeat(8000),
      `;${' '.repeat(16_000)}`,
      `;filename="${'=?a?q?'.repeat(3000)}"`,
      `;filename="${'=?a?q??= '.repeat(2000)}"`,
      `;filename="${`=?utf-8?b?YQ==?=${' '.repeat(500)}`.repeat(30)}"`,
      ';"'.repeat(8000),
    ])
      named(`attachment${evil}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('the name and type of a file', () => {
  const of = (evidence: Partial<Parameters<typeof describeFile>[0]>) => {
    const { fileName, contentType } = describeFile({ urls: [], ...evidence })
    return `${fileName}, ${contentType}`
  }

  it('come from the header, the link or the title, whichever fits best', () => {
    const [photo, code] = ['https://a.example.com/x/photo.jpg?download=1#top', 'https://cdn.example.com/8f7a']
    const urls = [photo, code]
    expect(of({ urls })).toBe('photo.jpg, image/jpeg')
    expect(of({ urls: [code, photo] })).toBe('photo.jpg, image/jpeg')
    expect(of({ urls, disposition: 'inline; filename=b.png' })).toBe('b.png, image/png')
    expect(of({ urls, title: 'A photo' })).toBe('photo.jpg, image/jpeg')
    expect(of({ urls, title: 'Holiday 2/3.JPG' })).toBe('Holiday 2-3.JPG, image/jpeg')
    expect(of({ urls: [code], title: String.raw`C:\fakepath\a.jpg` })).toBe('a.jpg, image/jpeg')
    expect(of({ urls: ['https://a.example.com/8f7a'], title: 'A photo' })).toBe('8f7a, application/octet-stream')
    expect(of({ urls: ['https://a.example.com/'], title: 'A photo' })).toBe('A photo, application/octet-stream')
    expect(of({ urls: [code], title: 'r%C3%A9sum%C3%A9.pdf' })).toBe('résumé.pdf, application/pdf')
    expect(of({ urls: [code], title: '=?UTF-8?Q?r=C3=A9sum=C3=A9=2Epdf?=' })).toBe('résumé.pdf, application/pdf')
    expect(of({ urls: ['no link'] })).toBe('file, application/octet-stream')
    expect(of({ urls: ['https://a.example.com/%E0%A4%A.png'] })).toBe('%E0%A4%A.png, image/png')
    expect(of({ urls: ['https://a.example.com/a%2F..%2Fb.png'] })).toBe('b.png, image/png')
    expect(of({ urls: ['https://a.example.com/my%2520cat%252F..%252Fb.png'] })).toBe('b.png, image/png')
    expect(of({ urls: ['https://a.example.com/my%2520%25C3%25A9t%25C3%25A9.png'] })).toBe('my été.png, image/png')
  })

  it('complement each other', () => {
    const served = (contentType: string, name: string) => of({ contentType, urls: [`https://a.example.com/${name}`] })
    expect(served('image/jpeg', 'photo')).toBe('photo.jpg, image/jpeg')
    expect(served('IMAGE/PNG; charset=binary', 'photo')).toBe('photo.png, image/png')
    expect(served('application/pdf', 'report-v1.2')).toBe('report-v1.2.pdf, application/pdf')
    expect(served('application/pdf', 'report..pdf')).toBe('report..pdf, application/pdf')
    expect(served('application/pdf', '..report...pdf')).toBe('report...pdf, application/pdf')
    expect(served('image/jpeg', 'show.php')).toBe('show.php.jpg, image/jpeg')
    expect(served('application/octet-stream', 'a.docx')).toMatch(/^a\.docx, .*wordprocessingml\.document$/)
    expect(served('binary/octet-stream', 'a.mp3')).toBe('a.mp3, audio/mpeg')
    expect(served('application/force-download', 'a.pdf')).toBe('a.pdf, application/pdf')
    expect(served('application/x-unknown', 'a.pdf')).toBe('a.pdf, application/pdf')
    expect(served('text/vcard', 'contact')).toBe('contact.vcf, text/vcard')
    expect(served('application/octet-stream', 'a.dwg')).toBe('a.dwg, application/octet-stream')
    expect(served('application/x-unheard', 'a')).toBe('a, application/x-unheard')
    expect(served('nonsense', 'a.txt')).toBe('a.txt, text/plain')
    expect(served('text/html\r\nx: y', 'a.txt')).toBe('a.txt, text/plain')
    expect(served('audio/ogg; codecs=opus', 'voice')).toBe('voice.ogg, audio/ogg')
    expect(served('', 'a.constructor')).toBe('a.constructor, application/octet-stream')
    expect(served('', 'notes.toString')).toBe('notes.toString, application/octet-stream')
    expect(served('', 'a.__proto__')).toBe('a.__proto__, application/octet-stream')
  })
})

describe('the title of a file', () => {
  it.each([
    ['photo.jpg', 'photo.jpg', ''],
    ['photo', 'photo.jpg', ''],
    ['report-v1.2', 'report-v1.2.pdf', ''],
    ['Holiday 2/3.JPG', 'Holiday 2-3.JPG', ''],
    ['r%C3%A9sum%C3%A9', 'résumé.pdf', ''],
    ['My photo (1).JPG', 'my_photo_1.jpg', ''],
    [String.raw`C:\fakepath\photo.jpg`, 'photo.jpg', ''],
    ['https://a.example/b/photo.jpg', 'photo.jpg', ''],
    ['résumé.pdf', 'resume.pdf', ''],
    ['Invoice 1/2', '2.pdf', 'Invoice 1/2'],
    ['IMG_1.HEIC', 'IMG_1.jpg', ''],
    ['plan', 'plan.dwg', ''],
    ['', 'photo.jpg', ''],
    ['report-v1', 'report-v1.2.pdf', 'report-v1'],
    ['Invoice 12.2024', 'Invoice 12.pdf', 'Invoice 12.2024'],
    ['My broken pump', 'photo.jpg', 'My broken pump'],
    ['👍', '🎬.mp4', '👍'],
  ])('is shown unless it says no more than the name, however that is written: %j of %j', (title, name, caption) =>
    expect(captionOf(title, name)).toBe(caption),
  )
})

describe('a cleaned file name', () => {
  it.each([
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['a\u0000\u001b[31m.txt', 'a[31m.txt'],
    ['..\u200B.hidden', 'hidden'],
    ['👩\u200D💻 at work.png', '👩\u200D💻 at work.png'],
    ['👩🏽\u200D❤\uFE0F\u200D👩🏽.png', '👩🏽\u200D❤\uFE0F\u200D👩🏽.png'],
    ['می\u200Cخواهم.pdf', 'می\u200Cخواهم.pdf'],
    ['क्\u200Dष.pdf', 'क्\u200Dष.pdf'],
    ['a.pdf\u200D', 'a.pdf'],
    ['a\u200D.pdf', 'a.pdf'],
    ['👋\u200D\u202E👋', '👋👋'],
    ['.htaccess', 'htaccess'],
    ['a/b\\c:d*e?.txt', 'a_b_c_d_e_.txt'],
    ['  two   words .', 'two words'],
    ['u\u0308.txt', 'ü.txt'],
    ['...', ''],
    [`${'a'.repeat(200)}.pdf`, `${'a'.repeat(116)}.pdf`],
    [`${'a'.repeat(115)}👋👋.pdf`, `${'a'.repeat(115)}.pdf`],
    ['a'.repeat(200), 'a'.repeat(120)],
  ])('%j: %s', (name, clean) => expect(cleanName(name)).toBe(clean))

  const words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom(
        '.',
        '/',
        '\\',
        ' ',
        '\u202E',
        '\u200D',
        '\u200C',
        '\u0308',
        '\uD800',
        '👋',
        'a',
        '\u0000',
        '<',
      ),
      maxLength: 200,
    }),
  )

  it('contains no deceptive characters and does not change when cleaned again', () => {
    fc.assert(
      fc.property(words, (name) => {
        const clean = cleanName(name)
        const joined = clean.replaceAll(/(?<=[^\p{P}\p{Z}\p{C}])[\u200C\u200D](?=[^\p{P}\p{Z}\p{C}])/gu, '')
        expect(joined).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*/\\]/u)
        expect(clean).not.toMatch(/^[. ]|[. ]$/)
        expect(clean.length).toBeLessThanOrEqual(120)
        expect(clean.normalize('NFC')).toBe(clean)
        expect(cleanName(clean)).toBe(clean)
      }),
      { numRuns: 1000 },
    )
  })

  it('is computed fast, however long the original is', () => {
    const started = performance.now()
    const title = `${'.'.repeat(200_000)}x${' .'.repeat(200_000)}x`
    expect(describeFile({ title, urls: [`https://a.example.com/${title}`] }).fileName).toMatch(/x$/)
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('keeps its extension', () => {
    fc.assert(
      fc.property(words, fc.constantFrom(...Object.keys(mimes)), (stem, extension) => {
        const clean = cleanName(`x${stem}x.${extension}`)
        expect(clean.endsWith(`.${extension}`)).toBe(true)
      }),
    )
  })

  it('and a valid type are the result for every file', () => {
    const evidence = fc.record({ disposition: words, contentType: words, title: words, urls: fc.array(words) })
    fc.assert(
      fc.property(evidence, (given) => {
        const { fileName, contentType } = describeFile(given)
        expect(fileName).not.toBe('')
        expect(cleanName(fileName)).toBe(fileName)
        expect(contentType).toMatch(/^[\w.+-]+\/[\w.+-]+$/)
      }),
    )
  })
})

describe('the usage type of a file', () => {
  it.each([
    ['image/png', 'image', 'IMAGE'],
    ['image/png', 'file', 'IMAGE'],
    ['application/octet-stream', 'image', 'IMAGE'],
    ['text/html', 'image', 'OTHER'],
    ['audio/mpeg', 'audio', 'AUDIO'],
    ['application/octet-stream', 'audio', 'AUDIO'],
    ['audio/ogg', 'audio', 'VOICE_RECORDING'],
    ['audio/ogg; codecs=opus', 'file', 'VOICE_RECORDING'],
    ['audio/opus', 'audio', 'VOICE_RECORDING'],
    ['audio/amr', 'audio', 'VOICE_RECORDING'],
    ['audio/webm', 'audio', 'VOICE_RECORDING'],
    ['audio/x-ogg', 'audio', 'VOICE_RECORDING'],
    ['audio/amr-wb', 'audio', 'VOICE_RECORDING'],
    ['audio/3gpp', 'audio', 'VOICE_RECORDING'],
    ['audio/speex', 'audio', 'VOICE_RECORDING'],
    ['application/x-ogg', 'audio', 'VOICE_RECORDING'],
    ['application/ogg', 'audio', 'VOICE_RECORDING'],
    ['application/ogg', 'file', 'OTHER'],
    ['video/mp4', 'video', 'OTHER'],
    ['video/mp4', 'audio', 'VOICE_RECORDING'],
    ['video/webm', 'audio', 'VOICE_RECORDING'],
    ['video/webm', 'file', 'OTHER'],
    ['video/ogg', 'audio', 'VOICE_RECORDING'],
    ['video/ogg', 'video', 'OTHER'],
    ['image/svg+xml', 'image', 'OTHER'],
    ['application/pdf', 'file', 'OTHER'],
    ['application/octet-stream', 'file', 'OTHER'],
  ] as const)('%s in a message of kind %s: %s', (type, kind, usage) => expect(fileUsageType(type, kind)).toBe(usage))
})
