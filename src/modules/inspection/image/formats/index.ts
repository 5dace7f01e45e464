/** The formats that intake reads. */
import type { Format } from './format.ts'
import { dicom } from './dicom.ts'
import { jpeg } from './jpeg.ts'
import { png } from './png.ts'
import { tiff } from './tiff.ts'

const formats: readonly Format[] = [png, jpeg, tiff, dicom]

/** By content: no name and no declared type counts. */
export const formatOf = (bytes: Uint8Array): Format | null => formats.find((f) => f.recognise(bytes)) ?? null

export const formatNamed = (name: string): Format | undefined => formats.find((f) => f.name === name)
