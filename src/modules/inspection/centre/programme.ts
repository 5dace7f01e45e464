/** The programme of projected pictures: when one is shown instead of the next case, and which. Pure; lots come in. */
export const shifts = ['early', 'late', 'night'] as const
export type Shift = (typeof shifts)[number]

/** Shifts begin at 6, 14 and 22 o'clock UTC. */
export const shiftOf = (at: string): Shift => {
  const hour = new Date(at).getUTCHours()
  return hour >= 6 && hour < 14 ? 'early' : hour >= 14 && hour < 22 ? 'late' : 'night'
}

/** Of 100 pictures of a shift, so many are projected ones of this category. */
export type TipRate = { category: string; shift: Shift; perHundred: number }
export type TipChoice = { id: string; imageId: string; category: string }

/**
 * The picture to project, or none. `when` decides whether and which category (the rates stand side by side on it), `which` picks one that
 * this reader has not seen; where all of the category have been seen, none is shown: a remembered picture measures nothing.
 */
export const chooseProjection = <T extends TipChoice>(
  rates: readonly TipRate[],
  shift: Shift,
  unseen: readonly T[],
  lots: { when: number; which: number },
): T | null => {
  let edge = 0
  for (const rate of rates) {
    if (rate.shift !== shift) continue
    edge += rate.perHundred / 100
    if (lots.when >= edge) continue
    const fitting = unseen.filter((item) => item.category === rate.category)
    return fitting[Math.floor(lots.which * fitting.length)] ?? null
  }
  return null
}
