/** A colour picture in memory: rows from the top, three bytes a pixel (R, G, B). */
export type Raster = { width: number; height: number; data: Uint8Array }

/** A rectangle in pixels: left, top, width, height. */
export type Box = [x: number, y: number, width: number, height: number]
