/**
 * Renderer with WebGL 2. An image is developed once a look into a texture of its own size (8 bits a channel, from measurements of full
 * depth), and that is laid on the canvas: nearest pixel from 1:1 up, mean of pixels (mipmaps) below.
 */
import { enhancements, palettes, type Look } from '../pixels/look.ts'
import { plainTable, type MaterialTable } from '../pixels/material.ts'
import type { Pixels } from '../pixels/pixels.ts'
import { matrixOf, type Size } from '../view.ts'
import { coverVertex, developFragment } from './develop-shader.ts'
import { fitCanvas, programOf, textureOf } from './gl.ts'
import type { Renderer } from './types.ts'

const layVertex = `#version 300 es
uniform vec2 size;
uniform vec2 canvas;
uniform mat3x2 matrix;
out vec2 place;
void main() {
  place = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vec2 screen = matrix * vec3(place * size, 1.0);
  gl_Position = vec4(screen / canvas * 2.0 - 1.0, 0.0, 1.0) * vec4(1.0, -1.0, 1.0, 1.0);
}`
const layFragment = `#version 300 es
precision highp float;
uniform sampler2D developed;
in vec2 place;
out vec4 colour;
void main() { colour = texture(developed, place); }`

type Gl = WebGL2RenderingContext

const uploadCounts = (gl: Gl, texture: WebGLTexture, { width, height }: Pixels, counts: Uint16Array): void => {
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16UI, width, height, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, counts)
}

const uploadImage = (gl: Gl, first: WebGLTexture, second: WebGLTexture, pixels: Pixels): void => {
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  if (pixels.kind === 'colour') {
    gl.bindTexture(gl.TEXTURE_2D, first)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8UI, pixels.width, pixels.height, 0, gl.RGB_INTEGER, gl.UNSIGNED_BYTE, pixels.rgb)
  } else uploadCounts(gl, first, pixels, pixels.kind === 'dual' ? pixels.low : pixels.grey)
  // Where there is one energy only, the second is never asked for its value, but must be a whole texture.
  if (pixels.kind === 'dual') uploadCounts(gl, second, pixels, pixels.high)
  else {
    gl.bindTexture(gl.TEXTURE_2D, second)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16UI, 1, 1, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, new Uint16Array(1))
  }
}

const uploadTable = (gl: Gl, texture: WebGLTexture, { columns, rows, zeff }: MaterialTable): void => {
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, columns, rows, 0, gl.RED, gl.FLOAT, zeff)
}

const bind = (gl: Gl, textures: readonly WebGLTexture[]): void => {
  for (const [unit, texture] of textures.entries()) {
    gl.activeTexture(gl.TEXTURE0 + unit)
    gl.bindTexture(gl.TEXTURE_2D, texture)
  }
  gl.activeTexture(gl.TEXTURE0)
}

/** As the shader numbers them. */
const kindOf = (pixels: Pixels): number => (pixels.kind === 'dual' ? 0 : pixels.kind === 'colour' ? 2 : pixels.isDensity ? 3 : 1)

/** The first step: measurements and a look make a picture in a texture of the image's own size. */
type Developer = { load: Renderer['load']; develop: (look: Look) => void; picture: WebGLTexture; size: () => Size }

const openDeveloper = (gl: Gl): Developer => {
  const { program, at } = programOf(gl, coverVertex, developFragment)
  const [first, second, table] = [0, 1, 2].map(() => textureOf(gl, gl.TEXTURE_2D, gl.NEAREST)) as [WebGLTexture, WebGLTexture, WebGLTexture]
  const picture = textureOf(gl, gl.TEXTURE_2D, gl.LINEAR_MIPMAP_LINEAR)
  const target = gl.createFramebuffer()
  let loaded: { size: Size; kind: number; table: MaterialTable | null } = { size: { width: 0, height: 0 }, kind: 0, table: null }

  const load: Renderer['load'] = (pixels, materialTable) => {
    const size = { width: pixels.width, height: pixels.height }
    loaded = { size, kind: kindOf(pixels), table: materialTable }
    uploadImage(gl, first, second, pixels)
    uploadTable(gl, table, materialTable ?? plainTable)
    gl.bindTexture(gl.TEXTURE_2D, picture)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, size.width, size.height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null)
    gl.bindFramebuffer(gl.FRAMEBUFFER, target)
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, picture, 0)
  }

  const develop = (look: Look): void => {
    gl.useProgram(program)
    bind(gl, [first, second, table])
    for (const [unit, name] of ['first', 'second', 'table'].entries()) gl.uniform1i(at(name), unit)
    gl.uniform1i(at('hasTable'), loaded.table ? 1 : 0)
    if (loaded.table) gl.uniform3f(at('tableRange'), loaded.table.mostAttenuation, loaded.table.leastRatio, loaded.table.mostRatio)
    gl.uniform1i(at('kind'), loaded.kind)
    gl.uniform1i(at('palette'), palettes.indexOf(look.palette))
    gl.uniform1i(at('enhancement'), enhancements.indexOf(look.enhancement))
    gl.uniform2f(at('window'), ...look.window)
    gl.uniform1f(at('gamma'), look.gamma)
    gl.uniform1f(at('alertFrom'), look.alertFrom ?? -1)
    gl.bindFramebuffer(gl.FRAMEBUFFER, target)
    gl.viewport(0, 0, loaded.size.width, loaded.size.height)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
    gl.bindTexture(gl.TEXTURE_2D, picture)
    gl.generateMipmap(gl.TEXTURE_2D)
  }
  return { load, develop, picture, size: () => loaded.size }
}

/** The second step: the picture is laid on the canvas under a view. */
const openLayer = (gl: Gl, canvas: HTMLCanvasElement, { picture, size }: Developer): Renderer['draw'] => {
  const { program, at } = programOf(gl, layVertex, layFragment)
  return (view) => {
    const window = fitCanvas(canvas)
    const { width, height } = size()
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    gl.viewport(0, 0, window.width, window.height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    gl.useProgram(program)
    bind(gl, [picture])
    gl.uniform1i(at('developed'), 0)
    gl.uniform2f(at('size'), width, height)
    gl.uniform2f(at('canvas'), window.width, window.height)
    gl.uniformMatrix3x2fv(at('matrix'), false, matrixOf(view, window))
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
  }
}

/** Null where there is no WebGL 2, or where the image is larger than its textures may be. */
export const openGpu = (canvas: HTMLCanvasElement, image: Size): Renderer | null => {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, preserveDrawingBuffer: true, alpha: true })
  if (!gl || Math.max(image.width, image.height) > Number(gl.getParameter(gl.MAX_TEXTURE_SIZE))) return null
  const developer = openDeveloper(gl)
  return {
    kind: 'webgl2',
    load: developer.load,
    develop: async (look) => {
      developer.develop(look)
      return true
    },
    draw: openLayer(gl, canvas, developer),
    // Browsers keep few contexts alive; one that is no longer seen is given back at once.
    close: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  }
}
