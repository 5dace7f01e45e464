/**
 * Every tool of the workstation as data: its key, its group, when it applies, whether it is on, and what it does to the desk. Buttons, keys and
 * the list of keys all read this table; a new tool is a line here and its words in i18n (`viewer.tool.<id>`).
 */
import {
  alertRange,
  gammaRange,
  highPenetration,
  lowPenetration,
  moveWindow,
  normalWindow,
  plainLook,
  withAlert,
  withGamma,
  type Look,
} from './pixels/look.ts'
import type { MaterialBasis } from './pixels/pixels.ts'
import { isOnePoint, isTooSmall, type Mark, type MarkKind } from './marks.ts'
import { fitted, flipped, pannedBy, turnedBy, zoomedAt, type Point, type Size, type View } from './view.ts'

/** What the pointer, and the arrow keys, do to the image. */
export type Pointer = 'pan' | 'window' | MarkKind
export const comparisons = ['off', 'side', 'slider'] as const
export type Comparison = (typeof comparisons)[number]

export type Desk = {
  look: Look
  /** null: the whole image, however large the window becomes */ view: View | null
  pointer: Pointer
  /** where the keyboard's cross stands, pixels of the image */ cursor: Point | null
  /** a mark that is being made */ draft: Mark | null
  boxesShown: boolean
  comparison: Comparison
  marks: readonly Mark[]
}

/** What a tool must know beyond the desk. */
export type Surroundings = {
  image: Size
  /** of the canvas, device pixels */ window: Size
  basis: MaterialBasis
  /** are there boxes, and may they be seen */ boxes: 'none' | 'hidden' | 'there'
  hasHistory: boolean
}

/** Why a tool cannot be used now: a key of `viewer.why`. */
export type Refusal = 'needsMaterial' | 'blind' | 'noBoxes' | 'noHistory' | 'noMarks'

export const groups = ['view', 'colour', 'penetration', 'enhance', 'show', 'pointer'] as const
export type Group = (typeof groups)[number]

export type ToolId =
  | ('pseudoColour' | 'grey' | 'inverse' | 'organic' | 'inorganic' | 'metal')
  | ('lowPenetration' | 'highPenetration' | 'gammaUp' | 'gammaDown' | 'alert' | 'alertUp' | 'alertDown')
  | ('edge' | 'super' | 'zoomIn' | 'zoomOut' | 'actual' | 'fit' | 'turn' | 'flipAcross' | 'flipUpright')
  | ('window' | 'distance' | 'rectangle' | 'arrow' | 'text' | 'probe' | 'undoMark')
  | ('boxes' | 'compare' | 'reset')

export type Tool = {
  id: ToolId
  key: string
  group: Group
  /** works with keys only: no button of its own */ keyOnly?: true
  refused?: (around: Surroundings, desk: Desk) => Refusal | null
  isOn?: (desk: Desk) => boolean
  act: (desk: Desk, around: Surroundings) => Desk
}

const freshDesk: Omit<Desk, 'marks'> = {
  look: plainLook,
  view: null,
  pointer: 'pan',
  cursor: null,
  draft: null,
  boxesShown: true,
  comparison: 'off',
}

/** The desk as it stands when an image is opened. Without hues nor two energies there is nothing to colour. */
export const openingDesk = (basis: MaterialBasis, isColoured: boolean, marks: readonly Mark[]): Desk => ({
  ...freshDesk,
  look: { ...plainLook, palette: basis === 'none' && !isColoured ? 'grey' : 'pseudo-colour' },
  marks,
})

/** The view as it is, also where it follows the window. */
export const viewOf = (desk: Pick<Desk, 'view'>, { image, window }: Pick<Surroundings, 'image' | 'window'>): View =>
  desk.view ?? fitted(image, window)

const needsMaterial = ({ basis }: Surroundings): Refusal | null => (basis === 'none' ? 'needsMaterial' : null)

const palette = (id: ToolId, key: string, name: Look['palette'], refused?: Tool['refused']): Tool => ({
  id,
  key,
  group: 'colour',
  ...(refused && { refused }),
  isOn: ({ look }) => look.palette === name,
  act: (desk) => ({ ...desk, look: { ...desk.look, palette: name } }),
})

const isWindow = ({ window }: Look, [white, black]: readonly [number, number]): boolean => window[0] === white && window[1] === black

/** A second press leads back to the plain range. */
const penetration = (id: ToolId, key: string, range: readonly [number, number]): Tool => ({
  id,
  key,
  group: 'penetration',
  isOn: ({ look }) => isWindow(look, range),
  act: (desk) => ({ ...desk, look: { ...desk.look, window: isWindow(desk.look, range) ? normalWindow : range } }),
})

const enhancement = (id: ToolId, key: string, name: Exclude<Look['enhancement'], 'none'>): Tool => ({
  id,
  key,
  group: 'enhance',
  isOn: ({ look }) => look.enhancement === name,
  act: (desk) => ({ ...desk, look: { ...desk.look, enhancement: desk.look.enhancement === name ? 'none' : name } }),
})

const tune = (id: ToolId, key: string, change: (look: Look) => Look): Tool => ({
  id,
  key,
  group: 'penetration',
  keyOnly: true,
  act: (desk) => ({ ...desk, look: change(desk.look) }),
})

const viewing = (id: ToolId, key: string, change: (view: View, around: Surroundings) => View): Tool => ({
  id,
  key,
  group: 'view',
  act: (desk, around) => ({ ...desk, view: change(viewOf(desk, around), around) }),
})

const zoom =
  (factor: number) =>
  (view: View, { window }: Surroundings): View =>
    zoomedAt(view, window, { x: window.width / 2, y: window.height / 2 }, factor)

/** Turning and flipping show the whole again where the whole was shown. */
const turning = (id: ToolId, key: string, change: (view: View) => View): Tool => ({
  id,
  key,
  group: 'view',
  act: (desk, around) => {
    const view = change(viewOf(desk, around))
    const isWhole = desk.view === null || desk.view.scale === fitted(around.image, around.window, desk.view).scale
    return { ...desk, view: isWhole ? fitted(around.image, around.window, view) : view }
  },
})

/** A second press lets go of the tool. */
const pointing = (id: ToolId & Pointer, key: string): Tool => ({
  id,
  key,
  group: 'pointer',
  isOn: ({ pointer }) => pointer === id,
  act: (desk, { image }) => {
    const pointer = desk.pointer === id ? 'pan' : id
    const isDrawing = pointer !== 'pan' && pointer !== 'window'
    return { ...desk, pointer, draft: null, cursor: isDrawing ? (desk.cursor ?? { x: image.width / 2, y: image.height / 2 }) : null }
  },
})

const alertStep =
  (by: number) =>
  (look: Look): Look =>
    look.alertFrom === null ? look : withAlert(look, look.alertFrom + by)

export const tools: readonly Tool[] = [
  palette('pseudoColour', 'p', 'pseudo-colour'),
  palette('grey', 'b', 'grey'),
  palette('inverse', 'i', 'inverse'),
  palette('organic', 'o', 'organic', needsMaterial),
  palette('inorganic', 'n', 'inorganic', needsMaterial),
  palette('metal', 'm', 'metal', needsMaterial),
  penetration('lowPenetration', 'l', lowPenetration),
  penetration('highPenetration', 'h', highPenetration),
  {
    id: 'alert',
    key: 'd',
    group: 'penetration',
    isOn: ({ look }) => look.alertFrom !== null,
    act: (desk) => ({ ...desk, look: { ...desk.look, alertFrom: desk.look.alertFrom === null ? alertRange.start : null } }),
  },
  tune('alertDown', ',', alertStep(-alertRange.step)),
  tune('alertUp', '.', alertStep(alertRange.step)),
  tune('gammaDown', '[', (look) => withGamma(look, look.gamma - gammaRange.step)),
  tune('gammaUp', ']', (look) => withGamma(look, look.gamma + gammaRange.step)),
  enhancement('edge', 'e', 'edge'),
  enhancement('super', 'u', 'super'),
  viewing('zoomIn', '+', zoom(1.25)),
  viewing('zoomOut', '-', zoom(0.8)),
  viewing('actual', 'z', (view) => ({ ...view, scale: 1 })),
  { id: 'fit', key: '0', group: 'view', isOn: ({ view }) => view === null, act: (desk) => ({ ...desk, view: null }) },
  turning('turn', 'r', (view) => turnedBy(view, 90)),
  turning('flipAcross', 'f', (view) => flipped(view, 'across')),
  turning('flipUpright', 'v', (view) => flipped(view, 'upright')),
  pointing('window', 'w'),
  pointing('probe', 'q'),
  pointing('distance', 't'),
  pointing('rectangle', 'x'),
  pointing('arrow', 'y'),
  pointing('text', 'k'),
  {
    id: 'undoMark',
    key: 'Delete',
    group: 'pointer',
    refused: (_, { marks }) => (marks.length === 0 ? 'noMarks' : null),
    act: (desk) => ({ ...desk, marks: desk.marks.slice(0, -1) }),
  },
  {
    id: 'boxes',
    key: 'a',
    group: 'show',
    refused: ({ boxes }) => (boxes === 'hidden' ? 'blind' : boxes === 'none' ? 'noBoxes' : null),
    isOn: ({ boxesShown }) => boxesShown,
    act: (desk) => ({ ...desk, boxesShown: !desk.boxesShown }),
  },
  {
    id: 'compare',
    key: 'g',
    group: 'show',
    refused: ({ hasHistory }) => (hasHistory ? null : 'noHistory'),
    isOn: ({ comparison }) => comparison !== 'off',
    act: (desk) => ({ ...desk, comparison: comparisons[(comparisons.indexOf(desk.comparison) + 1) % comparisons.length]! }),
  },
  {
    id: 'reset',
    key: 'Home',
    group: 'show',
    act: (desk, { basis }) => ({ ...openingDesk(basis, desk.look.palette !== 'grey', desk.marks), boxesShown: desk.boxesShown }),
  },
]

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const
export type Arrow = keyof typeof arrows
export const arrowKeys = Object.keys(arrows) as Arrow[]

/** Device pixels that an arrow key moves the picture by, and shares of the window's range. */
const panStep = 60
const levelStep = 0.1
const stretchStep = 1.1

/** Arrow keys move what the pointer is for: the picture, the window of brightness, or the cross (ten pixels at once when `far`). */
export const moveByKey = (desk: Desk, around: Surroundings, arrow: Arrow, far: boolean): Desk => {
  const [x, y] = arrows[arrow]
  if (desk.pointer === 'pan') return { ...desk, view: pannedBy(viewOf(desk, around), { x: -x * panStep, y: -y * panStep }) }
  if (desk.pointer === 'window') return { ...desk, look: moveWindow(desk.look, y * levelStep, stretchStep ** x) }
  const step = far ? 10 : 1
  const from = desk.cursor ?? { x: around.image.width / 2, y: around.image.height / 2 }
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value))
  const cursor = { x: within(from.x + x * step, around.image.width), y: within(from.y + y * step, around.image.height) }
  return { ...desk, cursor, draft: desk.draft && { ...desk.draft, to: cursor } }
}

/** What is needed to make a mark: where, and under which name. */
export type Stroke = { phase: 'begin' | 'move' | 'end'; at: Point; imageId: string; newId: string }

/** A mark is begun, drawn and kept; one of a slip of the hand is forgotten. A note is asked for its words before it is kept. */
export const stroke = (desk: Desk, { phase, at, imageId, newId }: Stroke): Desk => {
  const { pointer, draft } = desk
  if (pointer === 'pan' || pointer === 'window') return desk
  if (phase === 'begin') return { ...desk, draft: { id: newId, kind: pointer, imageId, from: at, to: at, text: '' } }
  if (!draft) return desk
  const drawn = { ...draft, to: isOnePoint(draft.kind) ? draft.from : at }
  if (phase === 'move' || draft.kind === 'text') return { ...desk, draft: drawn }
  return { ...desk, draft: null, marks: isTooSmall(drawn) ? desk.marks : [...desk.marks, drawn] }
}

/** Enter sets the first place of a mark at the cross, then the second. */
export const placeByKey = (desk: Desk, imageId: string, newId: string): Desk => {
  const at = desk.cursor
  if (!at) return desk
  if (desk.draft) return stroke(desk, { phase: 'end', at, imageId, newId })
  const begun = stroke(desk, { phase: 'begin', at, imageId, newId })
  return begun.draft && isOnePoint(begun.draft.kind) ? stroke(begun, { phase: 'end', at, imageId, newId }) : begun
}

/** The note that waits for its words gets them; without words there is no note. */
export const withNote = (desk: Desk, text: string): Desk => ({
  ...desk,
  draft: null,
  marks: desk.draft && text !== '' ? [...desk.marks, { ...desk.draft, text }] : desk.marks,
})
