/**
 * How a scanner of some maker delivers into a folder. It writes the files of an image, and last a note that names them and says what they
 * are of; the note's arrival says that the image is complete. To add a maker: one file here that reads its notes, named in `index.ts`.
 */
import type { Outcome } from '#kernel/outcome.ts'
import type { FileRole, NewImage } from '../schema/image.ts'

/** An image by its note: everything but the scanner, which is known, and the names of its files, which lie beside the note. */
export type Delivery = { fresh: Omit<NewImage, 'scannerId'>; files: { role: FileRole; name: string }[] }

export type Adapter = {
  name: string
  /** what its notes are called */
  note: RegExp
  read: (text: string) => Outcome<Delivery>
}
