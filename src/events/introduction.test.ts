import { describe, expect, it } from 'vitest'
import { textPart } from '../content/to-customer/reply-parts'
import type { Piece } from './agent-files'
import { behindName } from './introduction'

describe('a reply behind the name of its author', () => {
  it.each([
    ['Hello', 'Ada: Hello'],
    ['**Hello** there', 'Ada: **Hello** there'],
    ['2027 it is', 'Ada: 2027 it is'],
    ['-5 degrees', 'Ada: -5 degrees'],
    ['- one\n- two', 'Ada:\n\n- one\n- two'],
    ['* one', 'Ada:\n\n* one'],
    ['3. three', 'Ada:\n\n3. three'],
    ['12) twelve', 'Ada:\n\n12) twelve'],
    ['# Heading', 'Ada:\n\n# Heading'],
    ['#1 is next', 'Ada: #1 is next'],
    ['| a | b |', 'Ada:\n\n| a | b |'],
    ['> quoted', 'Ada:\n\n> quoted'],
    ['## Heading', 'Ada:\n\n## Heading'],
    ['```\ncode\n```', 'Ada:\n\n```\ncode\n```'],
    ['---', 'Ada:\n\n---'],
  ])('leaves %j what it is', (text, shown) => {
    expect(behindName('Ada', [{ part: textPart(text) }])).toEqual([{ part: textPart(shown) }])
  })

  it('begins with a name that is no markup, in one line', () => {
    const [first] = behindName('Ada *L.*\n<b>', [{ part: textPart('Hi') }])
    expect(first?.part).toEqual(textPart(String.raw`Ada \*L.\* \<b>: Hi`))
  })

  it('begins with the name alone if its first part is a file', () => {
    const file: Piece = { part: { type: 'file', payload: { fileUrl: 'https://files.example/a' } } }
    expect(behindName('Ada', [file])).toEqual([{ part: textPart('Ada:') }, file])
  })

  it('begins with the name alone if its first part cannot be shown', () => {
    const pieces: Piece[] = [{ missing: '"plan.pdf"' }, { part: textPart('The plan') }]
    expect(behindName('Ada', pieces)).toEqual([{ part: textPart('Ada:') }, ...pieces])
  })
})
