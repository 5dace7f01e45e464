/** How an image is to be painted. A look is data: the same one goes to the shader and to the pure functions. */

export const palettes = ['pseudo-colour', 'grey', 'inverse', 'organic', 'inorganic', 'metal'] as const
export type Palette = (typeof palettes)[number]
export const enhancements = ['none', 'edge', 'super'] as const
export type Enhancement = (typeof enhancements)[number]

export type Look = {
  palette: Palette
  enhancement: Enhancement
  /** attenuations (−ln T) that become white and black */ window: readonly [white: number, black: number]
  /** exponent of brightness: above 1 lightens the dark, below 1 darkens the light */ gamma: number
  /** attenuation from which pixels are striped in red; null = no alert */ alertFrom: number | null
}

/** 2 % and less is black. */
export const normalWindow = [0, 4] as const
/** Thin matter over the whole range: what is denser than a third of the plain range is black. */
export const lowPenetration = [0, 1.4] as const
/** Into dense matter, down to 0.2 %; what is thin is white. */
export const highPenetration = [1.6, 6.2] as const

export const plainLook: Look = { palette: 'pseudo-colour', enhancement: 'none', window: normalWindow, gamma: 1, alertFrom: null }

export const gammaRange = { least: 0.3, most: 4, step: 0.1 } as const
export const alertRange = { least: 0.5, most: 8, step: 0.25, start: 3 } as const

const within = ({ least, most }: { least: number; most: number }, value: number): number => Math.min(most, Math.max(least, value))

export const withGamma = (look: Look, gamma: number): Look => ({ ...look, gamma: within(gammaRange, Math.round(gamma * 10) / 10) })
export const withAlert = (look: Look, alertFrom: number): Look => ({ ...look, alertFrom: within(alertRange, alertFrom) })

/** Smallest distance of white and black. */
const leastSpan = 0.05

/** Moves the window by its middle and stretches it about that; what comes through is never more than everything. */
export const moveWindow = ({ window: [white, black], ...look }: Look, level: number, stretch: number): Look => {
  const half = Math.max(leastSpan, (black - white) * stretch) / 2
  const middle = Math.min(11, Math.max(half, (white + black) / 2 + level))
  return { ...look, window: [middle - half, middle + half] }
}
