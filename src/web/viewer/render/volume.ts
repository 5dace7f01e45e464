/** A volume seen from outside, by rays through a texture of three dimensions: its greatest values, or its surfaces from a threshold on. */
import { extentOf, eyeOf, halfView, raySteps, type Turn, type Volume } from '../pixels/volume.ts'
import { coverVertex } from './develop-shader.ts'
import { fitCanvas, programOf, textureOf } from './gl.ts'

export type VolumeStyle = { mode: 'greatest' | 'surface'; /** share of the densest value from which a voxel is seen as surface */ threshold: number }

const fragment = `#version 300 es
precision highp float;
precision highp int;
precision highp usampler3D;
uniform usampler3D voxels;
uniform vec3 extent;
uniform vec3 right;
uniform vec3 down;
uniform vec3 forward;
uniform vec2 canvas;
uniform float zoom;
uniform float threshold;
uniform bool isSurface;
out vec4 picture;

const int steps = ${raySteps};
const float halfView = ${halfView};

/** 0…1; nothing outside */
float valueAt(vec3 place) {
  vec3 inside = place / extent + 0.5;
  if (any(lessThan(inside, vec3(0.0))) || any(greaterThanEqual(inside, vec3(1.0)))) return 0.0;
  return float(texelFetch(voxels, ivec3(floor(inside * vec3(textureSize(voxels, 0)))), 0).r) / 65535.0;
}
/** mean slope over two voxels each way: single voxels would make surfaces rough */
vec3 slopeAt(vec3 place) {
  float by = 3.0 / float(textureSize(voxels, 0).x);
  return vec3(
    valueAt(place + vec3(by, 0, 0)) - valueAt(place - vec3(by, 0, 0)),
    valueAt(place + vec3(0, by, 0)) - valueAt(place - vec3(0, by, 0)),
    valueAt(place + vec3(0, 0, by)) - valueAt(place - vec3(0, 0, by)));
}
void main() {
  float side = min(canvas.x, canvas.y);
  vec2 at = (vec2(gl_FragCoord.x, canvas.y - gl_FragCoord.y) - canvas * 0.5) / side * 2.0 * halfView / zoom;
  float greatest = 0.0;
  for (int step = 0; step < steps; step += 1) {
    float depth = (float(step) + 0.5) / float(steps) * 2.0 * halfView - halfView;
    vec3 place = at.x * right + at.y * down + depth * forward;
    float value = valueAt(place);
    greatest = max(greatest, value);
    if (isSurface && value >= threshold) {
      vec3 slope = slopeAt(place);
      // lit from the eye, a little from above
      float light = abs(dot(slope / max(length(slope), 1e-6), normalize(forward - 0.3 * down)));
      vec3 hue = mix(vec3(0.85, 0.62, 0.33), vec3(0.45, 0.62, 0.95), smoothstep(0.3, 0.7, value));
      picture = vec4(hue * (0.25 + 0.75 * light), 1.0);
      return;
    }
  }
  picture = isSurface ? vec4(0.0, 0.0, 0.0, 1.0) : vec4(vec3(greatest), 1.0);
}`

export type VolumeRenderer = { draw: (turn: Turn, zoom: number, style: VolumeStyle) => void; close: () => void }

/** Null without WebGL 2, or where the volume has more voxels along an axis than a texture may. */
export const openVolume = (canvas: HTMLCanvasElement, volume: Volume): VolumeRenderer | null => {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, preserveDrawingBuffer: true })
  if (!gl || Math.max(...volume.size) > Number(gl.getParameter(gl.MAX_3D_TEXTURE_SIZE))) return null
  const { program, at } = programOf(gl, coverVertex, fragment)
  textureOf(gl, gl.TEXTURE_3D, gl.NEAREST)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  gl.texImage3D(gl.TEXTURE_3D, 0, gl.R16UI, ...volume.size, 0, gl.RED_INTEGER, gl.UNSIGNED_SHORT, volume.voxels)
  const draw: VolumeRenderer['draw'] = (turn, zoom, { mode, threshold }) => {
    const window = fitCanvas(canvas)
    const [right, down, forward] = eyeOf(turn)
    gl.viewport(0, 0, window.width, window.height)
    gl.useProgram(program)
    gl.uniform1i(at('voxels'), 0)
    gl.uniform3f(at('extent'), ...extentOf(volume))
    gl.uniform3f(at('right'), ...right)
    gl.uniform3f(at('down'), ...down)
    gl.uniform3f(at('forward'), ...forward)
    gl.uniform2f(at('canvas'), window.width, window.height)
    gl.uniform1f(at('zoom'), zoom)
    gl.uniform1f(at('threshold'), threshold)
    gl.uniform1i(at('isSurface'), mode === 'surface' ? 1 : 0)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }
  return { draw, close: () => gl.getExtension('WEBGL_lose_context')?.loseContext() }
}
