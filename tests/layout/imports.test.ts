import { describe, expect, it } from 'vitest'
import { circlesIn, importsIn } from './imports'

describe('reading imports', () => {
  it.each([
    ["import { a } from './a'", { to: './a', isType: false }],
    ["import './a'", { to: './a', isType: false }],
    ["import type { A } from './a'", { to: './a', isType: true }],
    ["export * from './a'", { to: './a', isType: false }],
    ["export type { A } from './a'", { to: './a', isType: true }],
    ["const a = async () => (await import('./a')).a", { to: './a', isType: false }],
    ["let a: import('./a').A", { to: './a', isType: true }],
    ["import { z } from 'zod'", { to: 'zod', isType: false }],
  ])('understands %s', (source, expected) => {
    expect(importsIn('b.ts', source)).toEqual([expected])
  })

  it('ignores imports in comments and strings', () => {
    expect(importsIn('b.ts', `// import './a'\nconst text = "import './a'"`)).toEqual([])
  })

  it('reports each circle once, wherever the search enters it', () => {
    const imports = ['ab', 'bc', 'ca', 'da', 'ee'].map(([from = '', to = '']) => ({ from, to }))
    expect(circlesIn(imports)).toEqual(['a -> b -> c -> a', 'e -> e'])
  })
})
