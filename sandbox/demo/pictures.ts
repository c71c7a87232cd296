import { readFileSync } from 'node:fs'

const picture = (name: string) => ({
  name,
  contentType: 'image/png',
  content: new Uint8Array(readFileSync(new URL(`pictures/${name}`, import.meta.url))),
})

export const brokenVase = () => picture('broken-vase.png')
export const newVase = () => picture('new-vase.png')
