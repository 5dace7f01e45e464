/**
 * The adapter without a maker: PNG, JPEG, TIFF or DICOM files, and a note `<any>.scan.json`:
 * `{"subject": {"kind": "bag", "id": "…"}, "takenAt": "…", "files": {"image": "a.png"} or {"low": "a.png", "high": "b.png"},
 * "item"?, "column"?, "isTip"?, "sidecar"?: {"energiesKeV"?, "mmPerPx"?, "mmPerSlice"?, "voxels"?, "geometry"?, "view"?}}`.
 */
import { Type } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { error } from '#kernel/issue.ts'
import { accept, refuse } from '#kernel/outcome.ts'
import { NewImage, Sidecar } from '../schema/image.ts'
import { Column, Item, itemOf, Subject } from '../schema/subject.ts'
import type { Adapter } from './adapter.ts'

const closed = { additionalProperties: false } as const
/** A name and no path: nobody reads a file from elsewhere through a note. */
const fileName = Type.String({ pattern: '^[0-9A-Za-z_][0-9A-Za-z_ .-]{0,119}$' })

const Note = Type.Object(
  {
    subject: Subject,
    takenAt: NewImage.properties.takenAt,
    files: Type.Union([Type.Object({ image: fileName }, closed), Type.Object({ low: fileName, high: fileName }, closed)]),
    item: Type.Optional(Item),
    column: Type.Optional(Column),
    isTip: Type.Optional(Type.Boolean()),
    sidecar: Type.Optional(Sidecar),
  },
  closed,
)

const refusal = (detail: string) => refuse(error('inspection.note_invalid', '', { detail: detail.slice(0, 200) }))

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const files: Adapter = {
  name: 'files',
  note: /\.scan\.json$/,
  read: (text) => {
    const note = parse(text)
    if (!Check(Note, note)) {
      const [first] = Errors(Note, note)
      return refusal(note === undefined ? 'it is no JSON' : `${first?.instancePath ?? ''} ${first?.message ?? ''}`.trim())
    }
    const { subject, takenAt, item, column, isTip, sidecar } = note
    const named =
      'image' in note.files
        ? [{ role: 'image' as const, name: note.files.image }]
        : [
            { role: 'low' as const, name: note.files.low },
            { role: 'high' as const, name: note.files.high },
          ]
    return accept({
      fresh: {
        subject,
        takenAt,
        item: item ?? itemOf[subject.kind],
        column: column ?? (isTip ? 'tip' : 'real'),
        isTip: isTip ?? column === 'tip',
        sidecar: sidecar ?? {},
      },
      files: named,
    })
  },
}
