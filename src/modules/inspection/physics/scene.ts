/** A scene: things made of bodies, seen along z by a field of pixels. Where bodies overlap, their attenuations add, as if one lay behind the other. */
import type { MaterialName } from './materials.ts'
import { apply, multiply, type Pose, type Rotation, type Shape } from './solids.ts'

/** Folds of cloth, grains of food: the material's density varies by ± `amplitude` over about `scaleMm`, the same at every run of one seed. */
export type Grain = { amplitude: number; scaleMm: number; seed: number }

/** A solid of one material; `cavity`, in the same frame, is taken out of it. `packing` multiplies the material's density. */
export type Body = { shape: Shape; cavity?: Shape; pose: Pose; material: MaterialName; packing?: number; grain?: Grain }

/** What a person would name: its class, and whether it must not be there. */
export type Thing = { cls: string; threat: boolean; bodies: readonly Body[] }

/** `widthPx` × `heightPx` pixels of `mmPerPx`, centred on the origin; x grows to the right, y downwards. */
export type Field = { widthPx: number; heightPx: number; mmPerPx: number }

export type Scene = { things: readonly Thing[]; field: Field }

/** Turns bodies about the origin and then moves them. */
export const placed = (bodies: readonly Body[], pose: Pose): Body[] =>
  bodies.map((body) => {
    const [x, y, z] = apply(pose.rotation, body.pose.at)
    return {
      ...body,
      pose: { at: [x + pose.at[0], y + pose.at[1], z + pose.at[2]], rotation: multiply(pose.rotation, body.pose.rotation) },
    }
  })

/** The same things, seen after a turn about the origin. */
export const turned = (things: readonly Thing[], rotation: Rotation): Thing[] =>
  things.map((thing) => ({ ...thing, bodies: placed(thing.bodies, { at: [0, 0, 0], rotation }) }))
