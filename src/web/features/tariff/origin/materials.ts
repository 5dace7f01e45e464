/** A bill of materials as one types or pastes it: a line a material, fields parted by tab, comma or semicolon. Pure. */
import { isDecimal } from '#kernel/decimal.ts'
import type { OriginMaterial } from '#schema/trade'

export type Read = { materials: OriginMaterial[]; /** numbers of lines that are none */ wrong: number[] }

export const readMaterials = (text: string): Read => {
  const materials: OriginMaterial[] = []
  const wrong: number[] = []
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === '') return
    const [code, origin, value, massKg, ...rest] = line.split(/[\t,;]/).map((f) => f.trim())
    const numerals = [value, massKg].every((n) => !n || (isDecimal(n) && !n.startsWith('-')))
    if (!code || !/^\d{2,10}$/.test(code) || (origin && !/^[A-Za-z]{2}$/.test(origin)) || !numerals || rest.length > 0) wrong.push(at + 1)
    else materials.push({ code, ...(origin && { origin: origin.toUpperCase() }), ...(value && { value }), ...(massKg && { massKg }) })
  })
  return { materials, wrong }
}

export const wordsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/[,;\s]+/)
    .map((w) => w.trim())
    .filter(Boolean)
