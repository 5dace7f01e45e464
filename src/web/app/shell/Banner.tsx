// A lost connection says so at once and how long ago, and that nothing on the screen or typed is lost; it goes when all is well again.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSpan } from '../../i18n/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import { retryLive, useConnection } from '../live.ts'
import css from './shell.module.css'

/** A hiccup that mends itself within this is not worth a word. */
const patienceMs = 1_200

export const Banner = () => {
  const { t, i18n } = useTranslation()
  const { state, since } = useConnection()
  const [shown, setShown] = useState(false)
  const now = useNow(0)
  useEffect(() => {
    if (state !== 'lost') return setShown(false)
    const timer = setTimeout(() => setShown(true), navigator.onLine ? patienceMs : 0)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <div role="status" className={css.bannerPlace}>
      {shown && (
        <div className={css.banner}>
          <Icon name="wifi" />
          <span>
            {/* The age counts on in sight, and is not read out anew each second. */}
            {t('shell.lost')} <span aria-hidden="true">{t('shell.lostSince', { age: formatSpan(Math.max(0, now - since), i18n.language) })}</span>
          </span>
          <Button size="sm" onClick={retryLive}>
            {t('shell.retryNow')}
          </Button>
        </div>
      )}
    </div>
  )
}
