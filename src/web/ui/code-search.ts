// Which codes to offer for what somebody typed.
export type CodeOption = { code: string; name: string; hint?: string }

const most = 60
/** Without accents and case, as one compares what was typed. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Codes that begin with the text first, then names with a word that begins with it, then the rest that contain it. */
export const matching = (options: readonly CodeOption[], text: string): CodeOption[] => {
  const wanted = plain(text.trim())
  if (!wanted) return options.slice(0, most)
  const rank = ({ code, name }: CodeOption): number => {
    if (plain(code).startsWith(wanted)) return 0
    const words = plain(name)
    if (words.startsWith(wanted)) return 1
    if (words.includes(` ${wanted}`)) return 2
    return words.includes(wanted) ? 3 : 9
  }
  return options
    .map((option, at) => ({ option, at, rank: rank(option) }))
    .filter((one) => one.rank < 9)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, most)
    .map((one) => one.option)
}
