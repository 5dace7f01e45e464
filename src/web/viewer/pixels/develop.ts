/**
 * Measurement → picture: the one definition of how an image looks. The shader in render/develop-shader.ts computes the same with the same
 * constants; a test in a real browser holds both together. Where there is no WebGL 2, this runs in a worker.
 */
import { enhance } from './enhance.ts'
import type { Look, Palette } from './look.ts'
import { attenuationOfColour, attenuationPlane, opaqueAttenuation, pairAt, type ColourPixels, type Pixels } from './pixels.ts'
import { membership, ratioOf, smoothstep, trustOf, trustOfColour, zeffOf, zeffOfColour, type MaterialTable } from './material.ts'

/** Colours of the classes at middle brightness, 0…1; towards black and white they darken and pale. */
export const classColours = { organic: [1, 0.56, 0.08], inorganic: [0.2, 0.72, 0.24], metal: [0.13, 0.36, 0.95] } as const
/** Other matter under "organic only" and its sisters stays as a pale ground, from … to. */
export const paleFrom = 0.68
export const paleSpan = 0.24
/** … and what is opaque stays dark, because anything may lie behind. */
export const opaqueGrey = 0.16
export const opaqueFrom = 3.4
/** Attenuations between which a pixel counts as matter: air beside an object has a share of its material, by the neighbours, and is none of it. */
export const matterRises = [0.01, 0.05] as const
export const alertColour = [0.93, 0.07, 0.12] as const
/** Stripes of the alert in pixels: period, and how much of it is red. */
export const stripePeriod = 6
export const stripeRed = 4

/** Attenuation → brightness 0…1. */
export const toneOf = (attenuation: number, { window: [white, black], gamma }: Pick<Look, 'window' | 'gamma'>): number => {
  const linear = 1 - (attenuation - white) / (black - white)
  return Math.min(1, Math.max(0, linear)) ** (1 / gamma)
}

/** What is known of one pixel when it is painted. */
type Spot = {
  brightness: number
  zeff: number
  trust: number
  /** of the measurement, before enhancement */ attenuation: number
  /** of both energies, about the pixel */ pair: { low: number; high: number }
}
type Colour = [number, number, number]

/** A hue through all brightnesses: black, the hue itself in the middle, white. */
const shade = (hue: number, brightness: number): number => (brightness < 0.5 ? hue * brightness * 2 : hue + (1 - hue) * (brightness - 0.5) * 2)

const classShare = (of: 0 | 1 | 2, zeff: number): number => {
  const [o, i, m] = [membership('organic', zeff), membership('inorganic', zeff), membership('metal', zeff)]
  return o * classColours.organic[of] + i * classColours.inorganic[of] + m * classColours.metal[of]
}

/** Colour by material, brightness by attenuation, grey where the material is not to be trusted. */
const paintMaterial = (spot: Spot, out: Colour): void => {
  for (const at of [0, 1, 2] as const) out[at] = spot.brightness + spot.trust * (shade(classShare(at, spot.zeff), spot.brightness) - spot.brightness)
}

/** One class in its colour; all else pale, or dark where nothing comes through. */
const paintOnly = (of: 'organic' | 'inorganic' | 'metal', spot: Spot, out: Colour): void => {
  const share = membership(of, spot.zeff) * spot.trust * smoothstep(matterRises[0], matterRises[1], spot.attenuation)
  const pale = paleFrom + paleSpan * spot.brightness
  const ground = pale + (opaqueGrey - pale) * smoothstep(opaqueFrom, opaqueAttenuation, spot.attenuation)
  for (const at of [0, 1, 2] as const) out[at] = ground + share * (shade(classColours[of][at], spot.brightness) - ground)
}

const paint = (palette: Palette, spot: Spot, out: Colour): void => {
  if (palette === 'pseudo-colour') paintMaterial(spot, out)
  else if (palette === 'grey') out.fill(spot.brightness)
  else if (palette === 'inverse') out.fill(1 - spot.brightness)
  else paintOnly(palette, spot, out)
}

/** A colour that the vendor gave, made as much lighter or darker as the look asks; under the plain look it stays what it is. */
const relight = (pixels: ColourPixels, at: number, spot: Spot, out: Colour): void => {
  const was = 1 - spot.attenuation / opaqueAttenuation
  for (const channel of [0, 1, 2] as const) {
    const value = pixels.rgb[at * 3 + channel]! / 255
    out[channel] =
      spot.brightness > was
        ? value + (1 - value) * ((spot.brightness - was) / Math.max(1 - was, 1e-6))
        : value * (spot.brightness / Math.max(was, 1e-6))
  }
}

/** Material and measured attenuation of a pixel. */
const readSpot = (pixels: Pixels, table: MaterialTable | null, at: number, spot: Spot): void => {
  if (pixels.kind === 'dual' && table) {
    pairAt(pixels, at, spot.pair)
    spot.zeff = zeffOf(table, spot.pair.high, ratioOf(spot.pair.low, spot.pair.high))
    spot.trust = trustOf(spot.pair.low, spot.pair.high)
  } else if (pixels.kind === 'colour') {
    const [r, g, b] = [pixels.rgb[at * 3]!, pixels.rgb[at * 3 + 1]!, pixels.rgb[at * 3 + 2]!]
    spot.zeff = zeffOfColour(r, g, b)
    spot.trust = trustOfColour(r, g, b)
    spot.attenuation = attenuationOfColour(r, g, b)
  } else spot.trust = 0
}

/** The picture of an image under a look: four bytes a pixel (RGBA), opaque. */
export const develop = (pixels: Pixels, look: Look, table: MaterialTable | null): Uint8ClampedArray<ArrayBuffer> => {
  const measured = attenuationPlane(pixels)
  const shown = enhance(look.enhancement, { plane: measured, width: pixels.width, height: pixels.height })
  const out = new Uint8ClampedArray(measured.length * 4)
  const spot: Spot = { brightness: 0, zeff: 0, trust: 0, attenuation: 0, pair: { low: 0, high: 0 } }
  const colour: Colour = [0, 0, 0]
  const needsMaterial = look.palette !== 'grey' && look.palette !== 'inverse'
  for (let at = 0; at < measured.length; at += 1) {
    spot.attenuation = measured[at]!
    spot.brightness = toneOf(shown[at]!, look)
    if (needsMaterial) readSpot(pixels, table, at, spot)
    if (pixels.kind === 'colour' && look.palette === 'pseudo-colour') relight(pixels, at, spot, colour)
    else paint(look.palette, spot, colour)
    const isStriped = look.alertFrom !== null && spot.attenuation >= look.alertFrom
    const isRed = isStriped && ((at % pixels.width) + Math.floor(at / pixels.width)) % stripePeriod < stripeRed
    for (let channel = 0; channel < 3; channel += 1) out[at * 4 + channel] = (isRed ? alertColour[channel]! : colour[channel]!) * 255
    out[at * 4 + 3] = 255
  }
  return out
}
