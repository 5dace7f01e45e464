/**
 * The colours of every screen, by meaning, for light and dark. They reach CSS as `--color-<name>` (kebab case) through theme.ts.
 * `textPairs` lists which text stands on which ground; a test computes the contrast of each (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export const light = {
  page: '#f2f4f4',
  surface: '#ffffff',
  sunken: '#e9eded',
  hover: '#edf2f3',
  selected: '#dcebee',
  line: '#d2dadb',
  control: '#77868a',
  text: '#13201f',
  muted: '#4c5b5d',
  accent: '#0b5a68',
  accentHover: '#084853',
  onAccent: '#ffffff',
  accentText: '#0b5a68',
  accentSoft: '#dcebee',
  danger: '#ac2219',
  dangerHover: '#8c1a13',
  onDanger: '#ffffff',
  dangerText: '#9a1d15',
  dangerSoft: '#fbe7e4',
  warningText: '#6d4600',
  warningSoft: '#fcf0d2',
  okText: '#17602d',
  okSoft: '#e0f2e4',
  infoText: '#1b4a8c',
  infoSoft: '#e3ecf9',
  neutralText: '#3f4d51',
  neutralSoft: '#e6ebec',
  laneGreen: '#1d7a3a',
  laneYellow: '#8a6400',
  laneRed: '#b3241b',
  laneBlue: '#1f5bb5',
  focus: '#0b5a68',
  frame: '#12282d',
  onFrame: '#e8f0f1',
  mutedOnFrame: '#a9bfc4',
  frameHover: '#1d3a41',
  frameSelected: '#27505a',
} as const

export type ColorName = keyof typeof light

export const dark: Record<ColorName, string> = {
  page: '#0e1416',
  surface: '#161e21',
  sunken: '#0b1113',
  hover: '#1d282c',
  selected: '#16363e',
  line: '#2b383d',
  control: '#71858c',
  text: '#e3eaeb',
  muted: '#a0b0b4',
  accent: '#6cc3d3',
  accentHover: '#8bd3e0',
  onAccent: '#06232a',
  accentText: '#7fcfdd',
  accentSoft: '#16363e',
  danger: '#f08a80',
  dangerHover: '#f6a8a0',
  onDanger: '#2d0704',
  dangerText: '#f6a299',
  dangerSoft: '#3c1a17',
  warningText: '#f0c766',
  warningSoft: '#362a0d',
  okText: '#7fd396',
  okSoft: '#14301d',
  infoText: '#9cc3f7',
  infoSoft: '#172a45',
  neutralText: '#bccacd',
  neutralSoft: '#243035',
  laneGreen: '#55c477',
  laneYellow: '#e3b341',
  laneRed: '#f2766b',
  laneBlue: '#7aaef5',
  focus: '#8bd3e0',
  frame: '#0a1012',
  onFrame: '#e3eaeb',
  mutedOnFrame: '#9cb0b5',
  frameHover: '#18242a',
  frameSelected: '#1b3d46',
}

type Pair = readonly [text: ColorName, ground: ColorName]
const on = (text: ColorName, ...grounds: ColorName[]): Pair[] => grounds.map((ground) => [text, ground] as const)

/** Text on ground, wherever it happens: at least 4.5 : 1. */
export const textPairs: readonly Pair[] = [
  ...on('text', 'page', 'surface', 'sunken', 'hover', 'selected', 'accentSoft', 'dangerSoft', 'warningSoft', 'okSoft', 'infoSoft', 'neutralSoft'),
  ...on('muted', 'page', 'surface', 'sunken', 'hover', 'selected', 'neutralSoft', 'warningSoft'),
  ...on('accentText', 'page', 'surface', 'sunken', 'hover', 'selected', 'accentSoft'),
  ...on('onAccent', 'accent', 'accentHover'),
  ...on('onDanger', 'danger', 'dangerHover'),
  ...on('dangerText', 'page', 'surface', 'hover', 'selected', 'sunken', 'dangerSoft'),
  ...on('warningText', 'page', 'surface', 'hover', 'selected', 'warningSoft'),
  ...on('okText', 'page', 'surface', 'hover', 'selected', 'okSoft'),
  ...on('infoText', 'page', 'surface', 'hover', 'selected', 'infoSoft'),
  ...on('neutralText', 'page', 'surface', 'hover', 'selected', 'neutralSoft'),
  ...on('onFrame', 'frame', 'frameHover', 'frameSelected'),
  ...on('mutedOnFrame', 'frame', 'frameHover'),
]

/** Shapes that carry meaning, borders of controls, the focus ring: at least 3 : 1. */
export const shapePairs: readonly Pair[] = [
  ...on('control', 'page', 'surface'),
  ...on('focus', 'page', 'surface', 'hover', 'selected', 'sunken'),
  ...on('laneGreen', 'surface', 'okSoft', 'hover', 'selected', 'page'),
  ...on('laneYellow', 'surface', 'warningSoft', 'hover', 'selected', 'page'),
  ...on('laneRed', 'surface', 'dangerSoft', 'hover', 'selected', 'page'),
  ...on('laneBlue', 'surface', 'infoSoft', 'hover', 'selected', 'page'),
  ...on('accent', 'surface', 'page', 'sunken'),
  ...on('onFrame', 'frame', 'frameHover', 'frameSelected'),
]

const channel = (hex: string, at: number): number => {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
const luminance = (hex: string): number => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5)

/** Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance). */
export const contrast = (a: string, b: string): number => {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (hi + 0.05) / (lo + 0.05)
}
