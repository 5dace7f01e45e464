/** The little of WebGL 2 that both renderers share. */

const compile = (gl: WebGL2RenderingContext, type: number, source: string): WebGLShader => {
  const shader = gl.createShader(type)!
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  return shader
}

/** A program and its uniforms by name. Throws with the compiler's words: a shader that does not compile is a fault of ours. */
export const programOf = (
  gl: WebGL2RenderingContext,
  vertex: string,
  fragment: string,
): { program: WebGLProgram; at: (name: string) => WebGLUniformLocation | null } => {
  const program = gl.createProgram()
  const shaders = [compile(gl, gl.VERTEX_SHADER, vertex), compile(gl, gl.FRAGMENT_SHADER, fragment)]
  for (const shader of shaders) gl.attachShader(program, shader)
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error([gl.getProgramInfoLog(program), ...shaders.map((shader) => gl.getShaderInfoLog(shader))].filter(Boolean).join('\n'))
  for (const shader of shaders) gl.deleteShader(shader)
  const known = new Map<string, WebGLUniformLocation | null>()
  const at = (name: string): WebGLUniformLocation | null => {
    if (!known.has(name)) known.set(name, gl.getUniformLocation(program, name))
    return known.get(name) ?? null
  }
  return { program, at }
}

export const textureOf = (gl: WebGL2RenderingContext, target: number, filter: number): WebGLTexture => {
  const texture = gl.createTexture()
  gl.bindTexture(target, texture)
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T, gl.TEXTURE_WRAP_R]) gl.texParameteri(target, side, gl.CLAMP_TO_EDGE)
  gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, filter)
  gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
  return texture
}

/** The size of the canvas in device pixels follows its size on the page. */
export const fitCanvas = (canvas: HTMLCanvasElement): { width: number; height: number } => {
  const ratio = window.devicePixelRatio
  const [width, height] = [Math.max(1, Math.round(canvas.clientWidth * ratio)), Math.max(1, Math.round(canvas.clientHeight * ratio))]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  return { width, height }
}
