/** Find a code without signing in: for everybody who sends or expects goods. */
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Finder } from './Finder.tsx'
import { useTextInAddress } from './address.ts'
import css from './finder.module.css'

export const PublicFind = () => {
  const { t } = useTranslation('finder')
  const [text, setText] = useTextInAddress()
  useEffect(() => {
    document.title = `${t('title')} · Portcullis`
  }, [t])
  return (
    <main className={css.alone}>
      <div className={css.aloneHead}>
        <img src="/icon.svg" alt="" width="32" height="32" />
        <h1>{t('title')}</h1>
        <Button kind="quiet" size="sm" to="/">
          {t('signIn')}
        </Button>
      </div>
      <Finder text={text} onText={setText} />
    </main>
  )
}
