/** The tone of an alarm: two notes, made here, so that no file is needed. Whoever mutes it sees that it is muted; browsers may ask for a click first. */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { AlarmRow } from '#schema/supervision'

const key = 'portcullis.alarm-sound'
export type SoundState = 'on' | 'muted' | 'blocked'

let context: AudioContext | null = null
const watchers = new Set<() => void>()
const tell = (): void => watchers.forEach((watcher) => watcher())

const isMuted = (): boolean => localStorage.getItem(key) === 'muted'
const stateNow = (): SoundState => (isMuted() ? 'muted' : context?.state === 'running' ? 'on' : 'blocked')

const open = async (): Promise<void> => {
  if (!context) {
    context = new AudioContext()
    context.addEventListener('statechange', tell)
  }
  await context.resume().catch(() => undefined)
  tell()
}

/** Frequencies in hertz: the gravest is the highest and comes twice. */
const notes: Readonly<Record<'critical' | 'high', readonly number[]>> = { critical: [880, 660, 880, 660], high: [587, 440] }

const play = (severity: 'critical' | 'high'): void => {
  if (!context || context.state !== 'running' || isMuted()) return
  const { currentTime, destination } = context
  for (const [n, hertz] of notes[severity].entries()) {
    const [tone, volume] = [context.createOscillator(), context.createGain()]
    const at = currentTime + n * 0.18
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.0001, at)
    volume.gain.exponentialRampToValueAtTime(0.22, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.16)
    tone.connect(volume).connect(destination)
    tone.start(at)
    tone.stop(at + 0.17)
  }
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** State of the sound, and the switch: a press lets it sound where the browser waited for one, else mutes or unmutes. */
export const useSound = (): { state: SoundState; toggle: () => void } => {
  const state = useSyncExternalStore(subscribe, stateNow)
  const toggle = (): void => {
    const next = state === 'on' ? 'muted' : 'on'
    localStorage.setItem(key, next)
    if (next === 'on') void open().then(() => play('high'))
    tell()
  }
  return { state, toggle }
}

/** Sounds once for each alarm that was not there before, the gravest of them; not for those that one finds on arriving. */
export const useAlarmTone = (alarms: readonly AlarmRow[], known: boolean): void => {
  const seen = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!isMuted()) void open()
  }, [])
  useEffect(() => {
    if (!known) return
    const before = seen.current
    seen.current = new Set(alarms.map((a) => a.id))
    if (!before) return
    const fresh = alarms.filter((a) => !before.has(a.id) && a.notify !== 'summary')
    const worst = (['critical', 'high'] as const).find((severity) => fresh.some((a) => a.severity === severity))
    if (worst) play(worst)
  }, [alarms, known])
}
