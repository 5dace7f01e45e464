/** What a workstation shows: the images of one subject with what is known of them. Whoever opens it brings these. */
import type { Reply } from '../app/api.ts'
import type { Energies, MaterialTable } from './pixels/material.ts'
import type { Pixels } from './pixels/pixels.ts'
import type { Volume } from './pixels/volume.ts'
import type { Mark, PitchMm } from './marks.ts'

/** What a model marked, in pixels of the image: [left, top, width, height]. */
export type FoundBox = { name: string; confidence: number; box: readonly [number, number, number, number] }

/** What the picture says against, or for, what was declared: a named value and where to look. */
export type EvidenceBox = {
  name: string
  level: 'amber' | 'red'
  box: readonly [number, number, number, number]
  /** of a volume: the first slice in which it lies, and how many */ slices?: readonly [number, number]
}

/** A package or an object that was told apart, by the number that it has beside the image. */
export type Unit = { number: number; box: EvidenceBox['box']; slices?: readonly [number, number] }

export type StationImage = {
  id: string
  /** the view of a scanner with two, or the number of the subject */ name: string
  /** ISO 8601; null where it is not known */ takenAt: string | null
  pixels: Pixels
  energies: Energies
  /** null where nothing is known of materials at these energies */ table: MaterialTable | null
  pitch: PitchMm
  /** a reconstruction; `pixels` is then its middle axial slice */ volume: Volume | null
  boxes: readonly FoundBox[]
  evidence: readonly EvidenceBox[]
  units: readonly Unit[]
  /** address of a picture for people, shown until this one is drawn */ preview: string | null
}

/** An earlier image of the same goods or sender. */
export type Earlier = { id: string; label: string }

/** What somebody drew who has decided on these images. */
export type Told = { id: string; by: string; marks: readonly Mark[] }

/** A decision that is asked for beside the image; the bar stands at the foot. */
export type Reading = {
  /** what may be seen; the figure 1…9 beside each chooses it */ classes: readonly { id: string; label: string }[]
  give: (verdict: 'clear' | 'suspect', seen: string | null, grounds: string, marks: readonly Mark[]) => Promise<Reply<unknown> | void>
  /** null until it is given */ given: { verdict: 'clear' | 'suspect'; seen: string | null } | null
}
