/** Two short tones for an alarm. Browsers allow sound only after somebody has asked for it, so it is off until then, and the screen says so. */
import { useCallback, useEffect, useRef, useState } from 'react'

const toneHz = [880, 660] as const
const toneS = 0.18

const sound = (context: AudioContext): void => {
  toneHz.forEach((hertz, n) => {
    const from = context.currentTime + n * (toneS + 0.04)
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.25, from)
    volume.gain.exponentialRampToValueAtTime(0.001, from + toneS)
    tone.connect(volume).connect(context.destination)
    tone.start(from)
    tone.stop(from + toneS)
  })
}

/** Sounds whenever an identifier appears that was not there before. */
export const useAlarmSound = (ids: readonly string[]): { isOn: boolean; turnOn: () => void } => {
  const context = useRef<AudioContext | null>(null)
  const known = useRef<ReadonlySet<string>>(new Set())
  const [isOn, setOn] = useState(false)
  const turnOn = useCallback(() => {
    context.current ??= new AudioContext()
    void context.current.resume()
    sound(context.current)
    setOn(true)
  }, [])
  const said = ids.join()
  useEffect(() => {
    const now = new Set(said === '' ? [] : said.split(','))
    if (context.current && [...now].some((id) => !known.current.has(id))) sound(context.current)
    known.current = now
  }, [said])
  useEffect(() => () => void context.current?.close(), [])
  return { isOn, turnOn }
}
