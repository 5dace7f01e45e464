/** The shader of pixels/develop.ts, step by step under the same names; its constants are taken from there, so that none can differ. */
import { alertColour, classColours, matterRises, opaqueFrom, opaqueGrey, paleFrom, paleSpan, stripePeriod, stripeRed } from '../pixels/develop.ts'
import { edgeGain, edgeGround, superFlatten, superMost, superNoise, superStep, superTarget } from '../pixels/enhance.ts'
import { classEdge, hueRises, hueZeff, metalAbove, organicBelow, trustFalls, trustRises } from '../pixels/material.ts'
import { opaqueAttenuation } from '../pixels/pixels.ts'

const float = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value))
const list = (values: readonly number[]): string => values.map(float).join(', ')
const vec3 = (colour: readonly number[]): string => `vec3(${list(colour)})`

/** A triangle that covers everything, without buffers. */
export const coverVertex = `#version 300 es
void main() {
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`

const inputs = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
/** dual: both energies; grey: the first; colour: three bytes in the first */
uniform usampler2D first;
uniform usampler2D second;
uniform sampler2D table;
/** without a table no material is known */
uniform bool hasTable;
/** attenuation of the last row, R of the first and of the last column */
uniform vec3 tableRange;
/** 0 dual, 1 grey, 2 colour, 3 density */
uniform int kind;
/** as in the list of palettes */
uniform int palette;
/** 0 none, 1 edge, 2 super */
uniform int enhancement;
uniform vec2 window;
uniform float gamma;
/** negative: none */
uniform float alertFrom;
out vec4 picture;

float attenuationOf(uint count) { return -log(max(float(count), 0.5) / 65535.0); }
float attenuationOfColour(vec3 rgb) { return ${float(opaqueAttenuation)} * (1.0 - dot(rgb, vec3(0.299, 0.587, 0.114)) / 255.0); }

float attenuationAt(ivec2 place) {
  ivec2 inside = clamp(place, ivec2(0), textureSize(first, 0) - 1);
  uvec4 a = texelFetch(first, inside, 0);
  if (kind == 1) return attenuationOf(a.r);
  if (kind == 2) return attenuationOfColour(vec3(a.rgb));
  if (kind == 3) return ${float(opaqueAttenuation)} * float(a.r) / 65535.0;
  return -log(max(float(a.r) + float(texelFetch(second, inside, 0).r), 1.0) / 131070.0);
}
vec2 pairAt(ivec2 place) {
  ivec2 last = textureSize(first, 0) - 1;
  vec2 sum = vec2(0.0);
  for (int j = -1; j <= 1; j += 1)
    for (int i = -1; i <= 1; i += 1) {
      ivec2 near = clamp(place + ivec2(i, j), ivec2(0), last);
      sum += vec2(attenuationOf(texelFetch(first, near, 0).r), attenuationOf(texelFetch(second, near, 0).r));
    }
  return sum / 9.0;
}`

const enhancing = `
float edgeAt(ivec2 p) {
  float nw = attenuationAt(p + ivec2(-1, -1)), n = attenuationAt(p + ivec2(0, -1)), ne = attenuationAt(p + ivec2(1, -1));
  float w = attenuationAt(p + ivec2(-1, 0)), e = attenuationAt(p + ivec2(1, 0));
  float sw = attenuationAt(p + ivec2(-1, 1)), s = attenuationAt(p + ivec2(0, 1)), se = attenuationAt(p + ivec2(1, 1));
  float dx = ne + 2.0 * e + se - nw - 2.0 * w - sw;
  float dy = sw + 2.0 * s + se - nw - 2.0 * n - ne;
  return ${float(edgeGround)} * attenuationAt(p) + ${float(edgeGain)} * sqrt(dx * dx + dy * dy);
}

float superAt(ivec2 p) {
  // Differences from the pixel itself: squares of small numbers lose nothing in 32 bits.
  float here = attenuationAt(p);
  float sum = 0.0;
  float squares = 0.0;
  for (int j = -2; j <= 2; j += 1)
    for (int i = -2; i <= 2; i += 1) {
      float value = attenuationAt(p + ivec2(i, j) * ${superStep}) - here;
      sum += value;
      squares += value * value;
    }
  float mean = sum / 25.0;
  float deviation = sqrt(max(0.0, squares / 25.0 - mean * mean));
  float gain = clamp(${float(superTarget)} / (deviation + ${float(superNoise)}), 1.0, ${float(superMost)});
  float worth = min(1.0, deviation / ${float(superNoise)});
  return ${float(superFlatten)} * (mean + here) - (1.0 + (gain - 1.0) * worth) * mean;
}`

const materials = `
float zeffOf(float attenuation, float ratio) {
  vec2 last = vec2(textureSize(table, 0) - 1);
  vec2 place = vec2((ratio - tableRange.y) / (tableRange.z - tableRange.y), attenuation / tableRange.x) * last;
  place = clamp(place, vec2(0.0), last);
  vec2 cell = min(floor(place), last - 1.0);
  vec2 within = place - cell;
  ivec2 at = ivec2(cell);
  float upper = mix(texelFetch(table, at, 0).r, texelFetch(table, at + ivec2(1, 0), 0).r, within.x);
  float lower = mix(texelFetch(table, at + ivec2(0, 1), 0).r, texelFetch(table, at + ivec2(1, 1), 0).r, within.x);
  return mix(upper, lower, within.y);
}
float trustOf(float low, float high) {
  return smoothstep(${list(trustRises)}, high) * (1.0 - smoothstep(${list(trustFalls)}, low));
}
float hueOf(vec3 rgb) {
  float most = max(rgb.r, max(rgb.g, rgb.b));
  float span = most - min(rgb.r, min(rgb.g, rgb.b));
  if (span == 0.0) return 0.0;
  float sixth = most == rgb.r ? (rgb.g - rgb.b) / span : most == rgb.g ? 2.0 + (rgb.b - rgb.r) / span : 4.0 + (rgb.r - rgb.g) / span;
  return (sixth < 0.0 ? sixth + 6.0 : sixth) * 60.0;
}
const float hues[${hueZeff.length}] = float[](${list(hueZeff.map(([hue]) => hue))});
const float zeffs[${hueZeff.length}] = float[](${list(hueZeff.map(([, zeff]) => zeff))});
float zeffOfColour(vec3 rgb) {
  float hue = hueOf(rgb);
  for (int n = 1; n < ${hueZeff.length}; n += 1)
    if (hue <= hues[n]) return mix(zeffs[n - 1], zeffs[n], (hue - hues[n - 1]) / (hues[n] - hues[n - 1]));
  return zeffs[${hueZeff.length - 1}];
}
float trustOfColour(vec3 rgb) {
  return smoothstep(${list(hueRises)}, max(rgb.r, max(rgb.g, rgb.b)) - min(rgb.r, min(rgb.g, rgb.b)));
}
/** shares of organic, inorganic and metal */
vec3 membership(float zeff) {
  float overOrganic = smoothstep(${float(organicBelow - classEdge)}, ${float(organicBelow + classEdge)}, zeff);
  float overMetal = smoothstep(${float(metalAbove - classEdge)}, ${float(metalAbove + classEdge)}, zeff);
  return vec3(1.0 - overOrganic, overOrganic - overMetal, overMetal);
}`

const painting = `
const vec3 organic = ${vec3(classColours.organic)};
const vec3 inorganic = ${vec3(classColours.inorganic)};
const vec3 metal = ${vec3(classColours.metal)};

float toneOf(float attenuation) {
  return pow(clamp(1.0 - (attenuation - window.x) / (window.y - window.x), 0.0, 1.0), 1.0 / gamma);
}
vec3 shade(vec3 hue, float brightness) {
  return brightness < 0.5 ? hue * brightness * 2.0 : hue + (1.0 - hue) * (brightness - 0.5) * 2.0;
}
vec3 paintMaterial(float brightness, float zeff, float trust) {
  vec3 shares = membership(zeff);
  return mix(vec3(brightness), shade(shares.x * organic + shares.y * inorganic + shares.z * metal, brightness), trust);
}
vec3 paintOnly(int of, float brightness, float zeff, float trust, float attenuation) {
  vec3 shares = membership(zeff);
  float share = (of == 0 ? shares.x : of == 1 ? shares.y : shares.z) * trust * smoothstep(${list(matterRises)}, attenuation);
  vec3 hue = of == 0 ? organic : of == 1 ? inorganic : metal;
  float pale = ${float(paleFrom)} + ${float(paleSpan)} * brightness;
  float ground = mix(pale, ${float(opaqueGrey)}, smoothstep(${float(opaqueFrom)}, ${float(opaqueAttenuation)}, attenuation));
  return mix(vec3(ground), shade(hue, brightness), share);
}
vec3 relight(vec3 value, float brightness, float attenuation) {
  float was = 1.0 - attenuation / ${float(opaqueAttenuation)};
  return brightness > was
    ? value + (1.0 - value) * ((brightness - was) / max(1.0 - was, 1e-6))
    : value * (brightness / max(was, 1e-6));
}`

const main = `
void main() {
  ivec2 place = ivec2(gl_FragCoord.xy);
  float attenuation = attenuationAt(place);
  float brightness = toneOf(enhancement == 0 ? attenuation : enhancement == 1 ? edgeAt(place) : superAt(place));
  float zeff = 0.0;
  float trust = 0.0;
  vec3 rgb = vec3(texelFetch(first, place, 0).rgb);
  if (kind == 0 && hasTable) {
    vec2 pair = pairAt(place);
    zeff = zeffOf(pair.y, pair.x / max(pair.y, 1e-4));
    trust = trustOf(pair.x, pair.y);
  } else if (kind == 2) {
    zeff = zeffOfColour(rgb);
    trust = trustOfColour(rgb);
  }
  vec3 colour = vec3(brightness);
  if (palette == 0) colour = kind == 2 ? relight(rgb / 255.0, brightness, attenuation) : paintMaterial(brightness, zeff, trust);
  else if (palette == 2) colour = vec3(1.0 - brightness);
  else if (palette > 2) colour = paintOnly(palette - 3, brightness, zeff, trust, attenuation);
  if (alertFrom >= 0.0 && attenuation >= alertFrom && (place.x + place.y) % ${stripePeriod} < ${stripeRed}) colour = ${vec3(alertColour)};
  picture = vec4(colour, 1.0);
}`

export const developFragment = inputs + enhancing + materials + painting + main
